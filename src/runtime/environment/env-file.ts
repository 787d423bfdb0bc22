/** One assignment of a `.env` or keys file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** Line of the name, counted from 1. */
  readonly line: number;
  /** Line of its last character: later than `line` only in quotes. */
  readonly lastLine: number;
}

/** What a `.env` or keys file says. */
export interface EnvFile {
  /** In the order of the file; a name may occur twice, the last one counts. */
  readonly entries: readonly EnvEntry[];
  /** Lines that are no assignment, counted from 1. Their text is not kept: it may be a key. */
  readonly unreadableLines: readonly number[];
}

// A value is quoted with ' (as it is), " (with \n \t \" \\ and more), or bare up to a comment.
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*(.*)$/;
const AFTER_QUOTE = /^[ \t]*(?:#.*)?$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * Reads KEY=VALUE lines: comments, `export`, single and double quotes (which may span lines). Nothing is
 * expanded: `$HOME` and `$(command)` stay as they are.
 */
export function parseEnvFile(text: string): EnvFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const entries: EnvEntry[] = [];
  const unreadableLines: number[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    if (/^[ \t]*(#|$)/.test(line)) continue;
    const [, name, raw] = ASSIGNMENT.exec(line) ?? [];
    const read = name === undefined ? null : readValue(raw as string, lines, index);
    if (read === null) {
      unreadableLines.push(index + 1);
      continue;
    }
    const lastLine = read.lastIndex + 1;
    entries.push({ name: name as string, value: read.value, line: index + 1, lastLine });
    index = read.lastIndex;
  }
  return { entries, unreadableLines };
}

interface ReadValue {
  readonly value: string;
  readonly lastIndex: number;
}

function readValue(raw: string, lines: readonly string[], index: number): ReadValue | null {
  const quote = raw[0];
  if (quote !== '"' && quote !== "'") {
    const comment = /(^|[ \t])#/.exec(raw);
    return {
      value: (comment ? raw.slice(0, comment.index) : raw).trimEnd(),
      lastIndex: index,
    };
  }
  let value = '';
  let rest = raw.slice(1);
  for (let last = index; ; ) {
    const end = closingQuote(rest, quote);
    if (end >= 0) {
      if (!AFTER_QUOTE.test(rest.slice(end + 1))) return null;
      value += rest.slice(0, end);
      return { value: quote === '"' ? unescapeText(value) : value, lastIndex: last };
    }
    const next = lines[last + 1];
    if (next === undefined) return null;
    value += `${rest}\n`;
    rest = next;
    last++;
  }
}

function closingQuote(text: string, quote: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function unescapeText(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character);
}
