import type { EnvFile } from './env-file.ts';

/** A reference to a name that the file does not set before it. The name is not kept: it may be a piece of a key. */
interface OpenReference {
  /** The variable whose value has it. */
  readonly variable: string;
  readonly line: number;
}

/** A `.env` with its references replaced. */
export interface ReplacedEnv extends EnvFile {
  /** What could not be replaced. */
  readonly openReferences: readonly OpenReference[];
}

/** Longer values are no keys and no addresses: references that would make one stay as they are. */
const MOST_CHARACTERS = 20_000;

/** What a reference begins and ends with. */
const START = '${';
const END = '}';
/** Between the name and what stands in for it where it is not set. */
const OTHERWISE = ':-';

/**
 * Replaces `${NAME}` and `${NAME:-default}` in the values of a `.env` by what the same file sets before, as Python's
 * dotenv does. Nothing of the real environment is put in: a file of a project would else choose which of the user's secrets are
 * sent where. What is not set stays as it is written.
 */
export function replaceReferences({ entries, unreadableLines }: EnvFile): ReplacedEnv {
  const values = new Map<string, string>();
  const open: OpenReference[] = [];
  const replaced = entries.map((entry) => {
    const { name: variable, line } = entry;
    let characters = 0;
    const value = withReferences(entry.value, (name, otherwise) => {
      const found = values.get(name) ?? otherwise;
      if (found !== undefined && characters + found.length <= MOST_CHARACTERS) {
        characters += found.length;
        return found;
      }
      open.push({ variable, line });
      return undefined;
    });
    values.set(variable, value);
    return { ...entry, value };
  });
  return { entries: replaced, unreadableLines, openReferences: open };
}

/**
 * Replaces each reference of a text, unless `findValue` knows none. It takes no longer for any text: nobody has agreed
 * to the file by now.
 */
function withReferences(
  text: string,
  findValue: (name: string, otherwise: string | undefined) => string | undefined,
): string {
  const pieces = text.split(END);
  const rest = pieces.pop()!;
  const written = pieces.map((piece) => {
    const start = referenceStart(piece);
    if (start < 0) return piece + END;
    const inner = piece.slice(start + START.length);
    const cut = inner.indexOf(OTHERWISE);
    const name = cut < 0 ? inner : inner.slice(0, cut);
    const otherwise = cut < 0 ? undefined : inner.slice(cut + OTHERWISE.length);
    const value = findValue(name, otherwise);
    return value === undefined ? piece + END : piece.slice(0, start) + value;
  });
  return written.join('') + rest;
}

/** Where the reference begins that ends with a piece; -1 without one. A name holds no colon but that of a default. */
function referenceStart(piece: string): number {
  let colon = piece.indexOf(':');
  for (let at = piece.indexOf(START); at >= 0; at = piece.indexOf(START, at + START.length)) {
    if (colon >= 0 && colon < at) colon = piece.indexOf(':', at);
    if (colon < 0 || piece.startsWith(OTHERWISE, colon)) return at;
  }
  return -1;
}
