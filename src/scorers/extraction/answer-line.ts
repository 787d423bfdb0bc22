/** `Answer: 42`, `**Final answer:** 42`, `The answer is: 42`, also as a heading or in a quotation. */
const ANSWER_LINE =
  /^[ \t>*_#`-]{0,20}(?:the[ \t]{1,5})?(?:final[ \t]{1,5})?answer(?:[ \t]{1,5}is)?[ \t*_`]{0,10}[:：](.*)$/i;

/**
 * What a response says on its last `Answer: …` line, or on the next line that is not empty where that says nothing; null
 * where there is no such line.
 */
export function answerLine(response: string): string | null {
  const lines = response.split(/\r\n|[\n\r\u2028\u2029]/);
  for (let at = lines.length - 1; at >= 0; at--) {
    const rest = ANSWER_LINE.exec(lines[at]!)?.[1];
    if (rest === undefined) continue;
    const said = withoutMarks(rest);
    if (said !== '') return said;
    const behind = lines.slice(at + 1).find((line) => withoutMarks(line) !== '');
    return behind === undefined ? null : withoutMarks(behind);
  }
  return null;
}

const MARK = /[\s*_`]/;

/** Without white space and emphasis around it. */
function withoutMarks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && MARK.test(text[start]!)) start++;
  while (end > start && MARK.test(text[end - 1]!)) end--;
  return text.slice(start, end);
}
