import { eastAsianWidth } from 'get-east-asian-width';

const ASCII = /^[\x20-\x7e]*$/;
const EMOJI =
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}|\u20e3/u;
const VISIBLE = /[^\p{Mark}\p{Cf}\p{Cc}\u115f\u1160\u3164\uffa0\p{Zl}\p{Zp}]/u;
const STYLE = /\x1b\[\d*m/g;

let segmenter: Intl.Segmenter | undefined;

/** Counts the terminal cells that a line takes. The escape codes of our own styles take none. */
export function displayWidth(line: string): number {
  const bare = line.includes('\x1b') ? line.replace(STYLE, '') : line;
  if (ASCII.test(bare)) return bare.length;
  let width = 0;
  for (const { segment } of segments(bare)) {
    width += graphemeWidth(segment);
  }
  return width;
}

/** The characters of a line as a reader sees them, each with the cells it takes: 0, 1 or 2. */
export function* graphemes(line: string): Generator<readonly [text: string, width: number]> {
  if (ASCII.test(line)) {
    for (const character of line) yield [character, 1];
    return;
  }
  for (const { segment } of segments(line)) yield [segment, graphemeWidth(segment)];
}

/** Cuts a clean line so that it takes at most `width` cells; what is cut ends in an ellipsis. */
export function fitLine(line: string, width: number): string {
  if (ASCII.test(line) && line.length <= width) return line;
  // No character takes more than some 40 code units; a longer line need not be measured to its end.
  if (line.length <= width * 40 && displayWidth(line) <= width) return line;
  let kept = '';
  let used = 0;
  for (const [text, cells] of graphemes(line.slice(0, width * 40))) {
    if (used + cells > width - 1) break;
    kept += text;
    used += cells;
  }
  return width > 0 ? `${kept}…` : '';
}

/**
 * Cuts a clean line in its middle so that it takes at most `width` cells: the end of a long address, where
 * its model stands, stays.
 */
export function fitMiddle(line: string, width: number): string {
  if (width < 4 || displayWidth(line) <= width) return fitLine(line, width);
  const all = [...graphemes(line)];
  const endWidth = Math.floor(((width - 1) * 2) / 3);
  let from = all.length;
  for (let used = 0; from > 0; from--) {
    used += all[from - 1]![1];
    if (used > endWidth) break;
  }
  const end = all
    .slice(from)
    .map(([text]) => text)
    .join('');
  return fitLine(line, width - displayWidth(end)) + end;
}

/** Cuts and fills a clean line so that it takes exactly `width` cells. */
export function padLine(line: string, width: number): string {
  const fitted = fitLine(line, width);
  return fitted + ' '.repeat(Math.max(0, width - displayWidth(fitted)));
}

function graphemeWidth(grapheme: string): number {
  if (!VISIBLE.test(grapheme)) return 0;
  if (EMOJI.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}

/** Making a segmenter takes 16 ms, and plain text needs none. */
function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
