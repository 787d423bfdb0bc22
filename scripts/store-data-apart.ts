import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'rolldown';
import { type LiteralNode, literalValue } from './literal-value.ts';

/** A shorter literal is not worth a file. */
const LEAST_CHARACTERS = 16 * 1024;
const PREFIX = 'stored-data:';

/** A part of a module's text and what stands there instead. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/**
 * Stores large literals of libraries (lists of prices, n-grams, machine code as text) as JSON that is compressed, beside
 * the chunks: a fifth as large, and JSON is read faster than JavaScript. Each is read and unpacked when its module is
 * first loaded, synchronously.
 *
 * @param isStored which modules are looked at, by their path
 */
export function storeDataApart(isStored: (module: string) => boolean): Plugin {
  const texts = new Map<string, string>();
  return {
    name: 'store-data-apart',
    transform(code, module) {
      if (code.length < LEAST_CHARACTERS || !isStored(module)) return null;
      const { body } = this.parse(code);
      const isEsModule = body.some(({ type }) => /^(Import|Export)/.test(type));
      const replaced: Replacement[] = [];
      for (const node of largeLiterals(body as unknown as readonly Statement[])) {
        const value = literalValue(node);
        if (value === undefined) continue;
        const text = JSON.stringify(value);
        const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
        const name = `${basename(module, '.js')}-${hash}`;
        texts.set(name, text);
        replaced.push({ start: node.start, end: node.end, name });
      }
      return replaced.length === 0 ? null : { code: withImports(code, replaced, isEsModule) };
    },
    resolveId: (source) => (source.startsWith(PREFIX) ? source : null),
    load(module) {
      if (!module.startsWith(PREFIX)) return null;
      const name = module.slice(PREFIX.length);
      const source = compressed(texts.get(name)!);
      const file = this.emitFile({ type: 'asset', fileName: `data/${name}.json.br`, source });
      return `import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
const file = new URL(import.meta.ROLLUP_FILE_URL_${file});
export const data = JSON.parse(brotliDecompressSync(readFileSync(file)).toString());`;
    },
  };
}

interface Statement {
  readonly type: string;
  readonly declaration?: Statement | null;
  readonly declarations?: readonly { readonly init: LiteralNode | null }[];
}

/** What variables of a module's outermost level are set to. */
function largeLiterals(body: readonly Statement[]): LiteralNode[] {
  return body
    .map((statement) => statement.declaration ?? statement)
    .flatMap(({ declarations }) => declarations ?? [])
    .flatMap(({ init }) => (init && init.end - init.start >= LEAST_CHARACTERS ? [init] : []));
}

function withImports(
  code: string,
  replaced: readonly Replacement[],
  isEsModule: boolean,
): string {
  const imports: string[] = [];
  let text = code;
  for (const [index, { start, end, name }] of [...replaced.entries()].reverse()) {
    const variable = `storedData${index}`;
    const module = JSON.stringify(PREFIX + name);
    const instead = isEsModule ? variable : `require(${module}).data`;
    if (isEsModule) imports.push(`import { data as ${variable} } from ${module};\n`);
    text = text.slice(0, start) + instead + text.slice(end);
  }
  return imports.join('') + text;
}

function compressed(text: string): Buffer {
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  });
}
