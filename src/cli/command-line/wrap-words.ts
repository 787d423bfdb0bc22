/**
 * Wraps a text of our own, which is ASCII, at spaces; a word that is longer than `width` stays whole. (What others
 * have written is wrapped by `terminal/wrap-text`, whose tables of widths would slow `--help` down.)
 */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
