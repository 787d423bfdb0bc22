/** A part of a text. */
export interface ValuePart {
  readonly start: number;
  readonly end: number;
  /** False: the text ends before its last bracket is closed. */
  readonly isClosed: boolean;
}

/** The longest of them. */
export interface FoundValue extends ValuePart {
  /** True: a value behind it, or it itself, is not closed. */
  readonly isLeftOpen: boolean;
}

/** How a list or an object begins: brackets in prose go on in other ways. */
const BEGINNING =
  /\{\s*(?:["'“}]|[\p{L}_$][\p{L}\p{N}_$]*\s*:)|\[\s*(?:[[{\]"'“\d-]|(?:true|false|null|True|False|None)\b)/uy;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds the longest list or object in a text: from its first bracket to the one that closes it, or to the end of the text.
 * Brackets in texts in double quotes do not count; whether it is JSON is not looked at. Takes time in proportion to the
 * text.
 */
export function longestValue(text: string): FoundValue | undefined {
  let longest: ValuePart | undefined;
  let isLeftOpen = false;
  for (const part of valuesIn(text)) {
    isLeftOpen = !part.isClosed;
    if (longest === undefined || part.end - part.start > longest.end - longest.start)
      longest = part;
  }
  return longest && { ...longest, isLeftOpen };
}

/** Finds the lists and objects of a text that stand in no other, one after the other; the last may be left open. */
export function* valuesIn(text: string): Generator<ValuePart> {
  for (let start = nextBeginning(text, 0); start >= 0; ) {
    const close = endOf(text, start);
    if (close < 0) {
      yield { start, end: text.length, isClosed: false };
      return;
    }
    yield { start, end: close, isClosed: true };
    start = nextBeginning(text, close);
  }
}

function nextBeginning(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x5b && code !== 0x7b) continue;
    BEGINNING.lastIndex = at;
    if (BEGINNING.test(text)) return at;
  }
  return -1;
}

/** The index behind the bracket that closes the one at `start`; -1 where there is none. */
function endOf(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++) {
        if (text.charCodeAt(at) === BACKSLASH) at++;
      }
    } else if (code === 0x5b || code === 0x7b) depth++;
    else if ((code === 0x5d || code === 0x7d) && --depth === 0) return at + 1;
  }
  return -1;
}
