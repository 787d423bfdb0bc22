const SPACE = String.raw`[ \t\u00a0\u202f]{1,5}`;
const ARTICLE = 'the|my|die|meine|la|ma|mi|a|minha|het|mijn';
const KIND =
  'final|correct|endgültige|richtige|finale|korrekte|correcte|correcta|corretta|correta|definitieve|juiste|окончательный|правильный';
const NOUN = 'answer|antwort|réponse|respuesta|risposta|resposta|antwoord|ответ';

/** Most lines have no such word, and that is soon seen. */
const WORD = new RegExp(`${NOUN}|答案|答え|正解|답`, 'iu');
/** `Answer`, `The final answer is`, `Die richtige Antwort lautet`, `Réponse finale`, `最终答案`. */
const NAME =
  `(?:(?:(?:${ARTICLE})${SPACE})?(?:(?:${KIND})${SPACE})?(?:${NOUN})(?:${SPACE}(?:${KIND}))?(?:${SPACE}(?:is|ist|lautet|est|es|è|é))?` +
  `|(?:最终|最終|正确|正確)?(?:答案|答え|正解)(?:是|为|為|は)?|(?:최종[ ]{0,3})?(?:정답|답)(?:은)?)`;
/** A heading, a quotation or an item may begin with it. */
const LINE_START = String.raw`^[ \t>*_#\x60"“(-]{0,20}`;
const SENTENCE_END = String.raw`[.!?。！？][)"”*_\x60]{0,3}[ \t]{1,5}[*_\x60"“(]{0,4}`;
const AROUND = String.raw`[ \t\u00a0\u202f*_\x60]{0,10}`;
const NAMED = new RegExp(`(?:${LINE_START}|${SENTENCE_END})${NAME}${AROUND}[:：]`, 'giu');
const HEADING = new RegExp(`${LINE_START}${NAME}${AROUND}$`, 'iu');

/** What a response says on its answer line, and what stands behind that. */
export interface AnswerLine {
  readonly said: string;
  readonly behind: string;
}

/**
 * Finds what a response says behind its last `Answer:`, in several languages, at the start of a line or of a sentence, or on
 * the next line that is not empty where that one says nothing or is a heading.
 *
 * @returns null where there is no such line, or nothing is said
 */
export function answerLine(response: string): AnswerLine | null {
  const lines = response.split(/\r\n|[\n\r\u2028\u2029]/);
  for (let at = lines.length - 1; at >= 0; at--) {
    const rest = restOf(lines[at]!);
    if (rest === undefined) continue;
    let said = withoutMarks(rest);
    while (said === '' && ++at < lines.length) said = withoutMarks(lines[at]!);
    return said === '' ? null : { said, behind: lines.slice(at + 1).join('\n') };
  }
  return null;
}

/** What stands behind the name of the answer; undefined in a line without it. */
function restOf(line: string): string | undefined {
  if (!WORD.test(line)) return undefined;
  const last = [...line.matchAll(NAMED)].at(-1);
  if (last !== undefined) return line.slice(last.index + last[0].length);
  return HEADING.test(line) ? '' : undefined;
}

const MARK = /[\s*_`"“”]/;
/** Marks of the model's own, which some servers leave at the end. */
const END_MARKS = /(?:\s{0,9}(?:<\|[\w-]{1,30}\|>|<\/s>|<end_of_turn>)){1,9}\s{0,9}$/;

/** Without white space, emphasis and quotation marks around it. */
function withoutMarks(text: string): string {
  const bare = text.replace(END_MARKS, '');
  let [start, end] = [0, bare.length];
  while (start < end && MARK.test(bare[start]!)) start++;
  while (end > start && MARK.test(bare[end - 1]!)) end--;
  return bare.slice(start, end);
}
