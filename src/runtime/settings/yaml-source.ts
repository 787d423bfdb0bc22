import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { SettingsProblem } from './settings-problem.ts';

/** A way into a settings document: keys of maps and positions in lists. */
export type SettingsPath = readonly PropertyKey[];

/** A parsed YAML text whose values still know where they stand. */
export interface YamlSource {
  /** The plain value; undefined when there are problems. */
  readonly value: unknown;
  readonly problems: readonly SettingsProblem[];
  /** Gives `file:line:column` of the nearest thing on a path; of a key itself with `key`. */
  place(path: SettingsPath, key?: string): string;
}

/** Most uses of `*alias` in a file. */
const ALIASES = 100;

/**
 * Parses YAML 1.2 without merge keys, custom tags or unlimited aliases. The text comes from a file of at
 * most 1 MiB. Duplicate keys are found here: the parser's own check takes minutes for a large map.
 */
export function parseYamlSource(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'silent',
    merge: false,
    prettyErrors: false,
    resolveKnownTags: false,
    schema: 'core',
    uniqueKeys: false,
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const problems = [
    ...document.errors.slice(0, 20).map((error) => ({
      where: at(error.pos[0]),
      message: yamlSentence(error),
    })),
    ...(document.errors.length > 0 ? [] : duplicateKeys(document, at)),
  ];
  const place = (path: SettingsPath, key?: string): string => at(offsetOf(document, path, key));
  if (problems.length > 0) return { value: undefined, problems, place };
  try {
    return { value: document.toJS({ maxAliasCount: ALIASES }), problems, place };
  } catch {
    const message = 'uses too many aliases (*name), or one of a thing inside itself.';
    return { value: undefined, problems: [{ where: at(0), message }], place };
  }
}

// The parser's own messages may quote the text, which may be a key.
function yamlSentence({ code }: YAMLError): string {
  if (code === 'RESOURCE_EXHAUSTION') return 'is nested too deeply.';
  if (code === 'TAB_AS_INDENT') return 'is indented with a tab; YAML wants spaces.';
  if (code === 'BAD_INDENT') return 'is not indented as its neighbours are.';
  if (code === 'MISSING_CHAR') return 'is not valid YAML: a closing mark or a ":" is missing.';
  return `is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')}).`;
}

function duplicateKeys(document: Document, at: (offset: number) => string): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name)) {
          const where = at((key as Node).range?.[0] ?? 0);
          problems.push({ where, message: `the key '${String(name)}' is there twice.` });
        }
        seen.add(name);
      }
    },
  });
  return problems.slice(0, 20);
}

function offsetOf(document: Document, path: SettingsPath, key?: string): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined;
    if (length === path.length && key !== undefined && isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      const start = (pair?.key as Node | undefined)?.range?.[0];
      if (start !== undefined) return start;
    }
    if (node?.range) return node.range[0];
  }
  return 0;
}
