/** The whole answer is a letter, with brackets, emphasis or a full stop around it. */
const ALONE = /^[\s*_`"'([{$]*(?:\\boxed\{)?([A-Za-z])[\s*_`"')\]}$.:]*$/;
/** `The answer is (B)`, `Answer: B`, `\boxed{B}`; words for it in other languages too. White space without end is not looked through again and again. */
const NAMED =
  /(?:\b(?:answer|choice|option|choose|select|pick|antwort|lösung|réponse|respuesta|risposta|resposta|antwoord|ответ)\b|答案|正解)[\s*_`"'()[\]:=-]{0,30}(?:is|are|ist|lautet|est|es|è|é|would be|should be|是|は)?[\s*_`"'([:]{0,30}([A-Z])(?![\p{L}\p{N}'’])|\\boxed\{\s*(?:\\text\{)?\s*([A-Z])\s*\}/giu;
/** `… or B` behind a letter; `I` is a word there. */
const ALTERNATIVE =
  /^[\s*_`"')\]}$]*(?:\/|(?:or|oder|ou)\b)[\s*_`"'([{$]*[A-HJ-Z](?![\p{L}\p{N}'’])/u;
/** `B) Paris`, `**B.** Paris`, `(B) Paris`. */
const LEADING = /^[\s*_`"']*(?:\(([A-Z])\)|([A-Z])[).:])/;
/** A capital that stands for itself; of those, `A` and `I` are words in English. */
const LONE = /(?<![\p{L}\p{N}'’])([A-Z])(?![\p{L}\p{N}'’])/gu;
const WORDS = new Set(['A', 'I']);

/**
 * Finds the letter that an answer to a question with lettered options chooses: one reading or none, so that a text
 * which names several letters without saying which is the answer has none.
 */
export function chosenLetter(text: string): string | null {
  const alone = ALONE.exec(text)?.[1];
  if (alone !== undefined) return alone.toUpperCase();
  const named = [...text.matchAll(NAMED)].map(({ 0: all, 1: word, 2: boxed, index }) => ({
    letter: word ?? boxed!,
    behind: text.slice(index + all.length, index + all.length + 40),
  }));
  const last = named.filter(({ letter }) => letter === letter.toUpperCase()).at(-1);
  if (last !== undefined) return ALTERNATIVE.test(last.behind) ? null : last.letter;
  const leading = LEADING.exec(text);
  if (leading) return leading[1] ?? leading[2]!;
  const lone = new Set([...text.matchAll(LONE)].map(([, letter]) => letter!));
  const certain = [...lone].filter((letter) => !WORDS.has(letter));
  return certain.length === 1 ? certain[0]! : null;
}
