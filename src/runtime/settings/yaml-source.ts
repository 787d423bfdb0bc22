import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
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

const FORBIDDEN = "the key '__proto__' can be no name.";

/** Most uses of `*alias` in a file. */
const ALIASES = 100;
const TOO_DEEP = 'is nested too deeply.';

/** The text of a settings file; null where it is not UTF-8. */
export function textOfBytes(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Parses YAML 1.2 without merge keys, custom tags or unlimited aliases. The text comes from a file of at
 * most 1 MiB. Duplicate keys are found here: the parser's own check takes minutes for a large map.
 */
export function parseYamlSource(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = parsed(text, lines);
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  if (document === null) {
    const problems = [{ where: `${file}:1:1`, message: TOO_DEEP }];
    return { value: undefined, problems, place: () => `${file}:1:1` };
  }
  const problems = [
    ...document.errors.slice(0, 20).map((error) => ({
      where: at(error.pos[0]),
      message: yamlSentence(error),
    })),
    ...(document.errors.length > 0 ? [] : wrongKeys(document, at)),
  ];
  const offsetOf = createFinder(document);
  const place = (path: SettingsPath, key?: string): string => at(offsetOf(path, key));
  if (problems.length > 0) return { value: undefined, problems, place };
  try {
    return { value: document.toJS({ maxAliasCount: ALIASES }), problems, place };
  } catch {
    const message = 'uses too many aliases (*name), or one of a thing inside itself.';
    return { value: undefined, problems: [{ where: at(0), message }], place };
  }
}

/** Null for a text that is nested so deeply that the parser runs out of stack; of most it says so itself. */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, {
      lineCounter,
      // Under `silent` the parser says nothing of a second document.
      logLevel: 'error',
      merge: false,
      prettyErrors: false,
      resolveKnownTags: false,
      schema: 'core',
      uniqueKeys: false,
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

// The parser's own messages may quote the text, which may be a key.
function yamlSentence({ code }: YAMLError): string {
  if (code === 'RESOURCE_EXHAUSTION') return TOO_DEEP;
  if (code === 'MULTIPLE_DOCS') return 'holds a second document ("---"); only one is read.';
  if (code === 'TAB_AS_INDENT') return 'is indented with a tab; YAML wants spaces.';
  if (code === 'BAD_INDENT') return 'is not indented as its neighbours are.';
  if (code === 'MISSING_CHAR') return 'is not valid YAML: a closing mark or a ":" is missing.';
  return `is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')}).`;
}

function wrongKeys(document: Document, at: (offset: number) => string): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        const where = () => at(startOf(key) ?? 0);
        // An object cannot hold it: it would be gone without a word.
        if (name === '__proto__') problems.push({ where: where(), message: FORBIDDEN });
        else if (seen.has(name)) {
          const message = `the key '${String(name)}' appears twice.`;
          problems.push({ where: where(), message });
        }
        seen.add(name);
      }
    },
  });
  return problems.slice(0, 20);
}

/** Finds where things stand. Each map is indexed once, so that a large one is not searched for each key. */
function createFinder(document: Document): (path: SettingsPath, key?: string) => number {
  const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairOf = (map: YAMLMap, key: string): Pair | undefined => {
    let index = indexes.get(map);
    if (index === undefined) {
      index = new Map(
        map.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : ''), pair]),
      );
      indexes.set(map, index);
    }
    return index.get(key);
  };
  const child = (node: unknown, step: PropertyKey): unknown => {
    if (isMap(node)) return pairOf(node, String(step))?.value;
    return isSeq(node) ? node.items[Number(step)] : undefined;
  };
  return (path, key) => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
      node = child(node, step);
      if (node === undefined) return offset;
      offset = startOf(node) ?? offset;
    }
    const pair = key !== undefined && isMap(node) ? pairOf(node, key) : undefined;
    return startOf(pair?.key) ?? offset;
  };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
