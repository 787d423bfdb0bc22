import type { ShownPrompt, ShownText } from './run-report.ts';
import { MOST_CHARACTERS, shownText } from './shown-texts.ts';

/** Prompts whose texts have room together. */
export interface FittedPrompts {
  readonly prompts: readonly ShownPrompt[];
  readonly cutTexts: number;
}

const LEAST_CHARACTERS = 40;
/** What a page writes as an entity or an escape, of up to six characters. */
const ESCAPED = /[&<>"'\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Shortens the longest texts, all to one length, until together they have room: no row is left out for the length of
 * another.
 *
 * @param mostBytes of all texts and what belongs to them, as a page writes them
 */
export function fitTexts(prompts: readonly ShownPrompt[], mostBytes: number): FittedPrompts {
  const texts = prompts.flatMap(textsOf);
  const besides = bytesOf(JSON.stringify(prompts.map(withoutTexts)));
  const room = Math.max(mostBytes - besides, mostBytes / 4);
  const sizes = texts.map(({ text }) => ({ characters: text.length, bytes: bytesOf(text) }));
  const bytesWith = (limit: number) =>
    sizes.reduce(
      (sum, { characters, bytes }) => sum + bytes * Math.min(1, limit / Math.max(1, characters)),
      0,
    );
  let [low, high] = [LEAST_CHARACTERS, MOST_CHARACTERS];
  if (bytesWith(high) <= room) low = high;
  while (high - low > 10) {
    const middle = Math.floor((low + high) / 2);
    if (bytesWith(middle) <= room) low = middle;
    else high = middle;
  }
  let cutTexts = 0;
  const fit = ({ label, text, left }: ShownText): ShownText => {
    const shorter = shownText(label, text, low);
    if (shorter.left + left > 0) cutTexts++;
    return { ...shorter, left: shorter.left + left };
  };
  const fitted = prompts.map((prompt) => ({
    ...prompt,
    texts: prompt.texts.map(fit),
    rows: prompt.rows.map((row) => ({ ...row, texts: row.texts.map(fit) })),
  }));
  return { prompts: fitted, cutTexts };
}

/** What cannot be shortened: names, figures, errors. Quotation marks of JSON stand for the markup around it. */
function withoutTexts({ texts: _, rows, ...prompt }: ShownPrompt) {
  return {
    ...prompt,
    rows: rows.map((row) => ({ ...row, texts: row.texts.map(({ label }) => label) })),
  };
}

function textsOf({ texts, rows }: ShownPrompt): ShownText[] {
  return [...texts, ...rows.flatMap((row) => row.texts)];
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text) + 5 * (text.match(ESCAPED)?.length ?? 0);
}
