import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'rolldown';
import { type StoredLiteral, storedLiterals } from './stored-literals.ts';

/** What a module has less of is not worth a file. */
const LEAST_CHARACTERS = 16 * 1024;
const PREFIX = 'stored-data:';

/**
 * Stores the long literals of libraries (lists of prices, n-grams, machine code as text) as JSON that is compressed, in a
 * file a module beside the chunks: it is a fifth as large, and read faster than JavaScript. The file is read and unpacked
 * when one of its values is first needed.
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
      const literals = storedLiterals(body);
      const characters = literals.reduce((sum, { start, end }) => sum + end - start, 0);
      if (characters < LEAST_CHARACTERS) return null;
      const text = JSON.stringify(literals.map(({ value }) => value));
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
      const name = `${basename(module, '.js')}-${hash}`;
      texts.set(name, text);
      const isEsModule = body.some(({ type }) => /^(Import|Export)/.test(type));
      return { code: withStored(code, literals, PREFIX + name, isEsModule) };
    },
    resolveId: (source) => (source.startsWith(PREFIX) ? source : null),
    load(module) {
      if (!module.startsWith(PREFIX)) return null;
      const name = module.slice(PREFIX.length);
      const source = compressed(texts.get(name)!);
      const file = this.emitFile({ type: 'asset', fileName: `data/${name}.json.br`, source });
      return `import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
let values;
export function storedData(index) {
  values ??= JSON.parse(brotliDecompressSync(readFileSync(new URL(import.meta.ROLLUP_FILE_URL_${file}))));
  return values[index];
}`;
    },
  };
}

/** A module's text with calls in place of its literals. */
function withStored(
  code: string,
  literals: readonly StoredLiteral[],
  source: string,
  isEsModule: boolean,
): string {
  const from = JSON.stringify(source);
  const load = isEsModule
    ? `import { storedData } from ${from};`
    : `const { storedData } = require(${from});`;
  const parts = literals.map(({ start }, index) => {
    return `${code.slice(literals[index - 1]?.end ?? 0, start)}storedData(${index})`;
  });
  return `${load}${parts.join('')}${code.slice(literals.at(-1)!.end)}`;
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
