const OPENING = /^\s*<(think(?:ing)?)>/i;
/** Where the prompt ended with the opening tag, an answer has the closing one alone, on a line of its own. */
const CLOSING_LINE = /(?:^|\n)[ \t]*<\/think(?:ing)?>[ \t]*(?:\n|$)/i;

/**
 * An answer without what its model thought before it, which some servers leave in front, between `<think>` and
 * `</think>`. Of an answer that was cut while its model thought nothing is left.
 */
export function behindThinking(text: string): string {
  const [opening, name] = OPENING.exec(text) ?? [];
  if (opening === undefined) {
    const line = CLOSING_LINE.exec(text);
    return line === null ? text : text.slice(line.index + line[0].length).trimStart();
  }
  const closing = new RegExp(`</${name}>`, 'i').exec(text);
  return closing === null ? '' : text.slice(closing.index + closing[0].length).trimStart();
}
