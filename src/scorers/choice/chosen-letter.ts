/** The whole answer is a letter, with brackets, emphasis or a full stop around it. */
const ALONE = /^[\s*_`"'([{$]*(?:\\boxed\{)?([A-Za-z])[\s*_`"')\]}$.:]*$/;
/** What stands around a letter without saying anything: space, emphasis, brackets, LaTeX. */
const AROUND = String.raw`(?:[\s*_"'()[\]{}$（）\x60]|\\(?:text|textbf|mathrm|mathbf|boxed)(?=\{)|\\[([]){0,40}`;
const NO_WORD_AHEAD = String.raw`(?![\p{L}\p{N}'’])`;
/** Words for what is chosen, in several languages. */
const NOUN = String.raw`(?:(?<![\p{L}\p{N}])(?:answer|choice|option|antwort|lösung|réponse|respuesta|risposta|resposta|antwoord|ответ)(?![\p{L}\p{N}])|答案|正解)`;
const EQUALS = String.raw`(?:[:：=–—-]|(?:is|are|ist|lautet|est|es|è|é|would be|should be)(?!\p{L})|是|は|为|為)`;
const CHOOSES = String.raw`(?:(?<![\p{L}\p{N}])(?:choose|select|pick)(?!\p{L})|选|選)`;
/** `option` between what says that a letter is the answer, and the letter. */
const KIND = String.raw`(?:(?:option|choice|letter|answer)(?!\p{L})${AROUND})?`;
const LETTER = `([A-Z])${NO_WORD_AHEAD}`;
/** `The answer is (B)`, `Answer: $B$`, `I choose option B`, `<answer>B`, `\boxed{B}`. */
const STATED = new RegExp(
  `(?:${NOUN}${AROUND}(?:${EQUALS}${AROUND}){1,3}|${CHOOSES}${AROUND}:?${AROUND}|<answer>${AROUND})${KIND}${LETTER}` +
    String.raw`|\\boxed\{\s*(?:\\text\{)?\s*([A-Z])\s*\}`,
  'giu',
);
/** `option B`, of which it may be said that it is wrong. */
const MENTIONED = new RegExp(`${NOUN}${AROUND}${LETTER}`, 'giu');
/** `B) Paris`, `**B.** Paris`, `(B) Paris`, `b. Paris`. */
const LEADING = /^[\s*_`"']*(?:\(([A-Za-z])\)|([A-Z])[).:]|([a-z])[).]\s)/;
/** A capital that stands for itself; of those, `A` and `I` are words in English. */
const LONE = /(?<![\p{L}\p{N}'’])([A-Z])(?![\p{L}\p{N}'’])/gu;
const WORDS = new Set(['A', 'I']);
/** What makes two of letters. */
const JOINS = String.raw`(?:\/|,|(?:or|and|oder|und|ou|et)(?!\p{L}))`;
/** `I think …`: whoever speaks of himself. */
const SPEAKS = String.raw`\s{1,3}(?:am|do|don|did|can|cannot|could|would|will|think|believe|guess|have|was|must)(?!\p{L})`;
const SPEAKER = new RegExp(`^${SPEAKS}`, 'u');
/** A letter other than `A` that is no word. */
const OTHER = `([B-HJ-Z]|I(?!${SPEAKS}))${NO_WORD_AHEAD}`;
/** `A or B`, `B or A`: there `A` is no word, nor is `I`. */
const BESIDE_ANOTHER = new RegExp(
  String.raw`(?<![\p{L}\p{N}'’])A\s{0,3}${JOINS}\s{0,3}[*(]{0,3}(?:${OTHER}|I${NO_WORD_AHEAD})` +
    String.raw`|(?<![\p{L}\p{N}'’])([B-Z])[*)]{0,3}\s{0,3}${JOINS}\s{0,3}A(?![\p{L}\p{N}'’]|\s\p{Ll})`,
  'u',
);
/** `… or B` behind a letter. */
const ALTERNATIVE = new RegExp(
  String.raw`^[\s*_\x60"'\\)\]}$]*(?:\/|(?:or|oder|ou)\b)[\s*_\x60"'\\([{$]*(?:A${NO_WORD_AHEAD}|${OTHER})`,
  'u',
);
/** The end of a text, where a small letter is no article: `The answer is b.` */
const FULL_STOP = /^[*_`"')\]}$]{0,5}\.\s*$/;

/**
 * Finds the letter that an answer to a question with lettered options chooses: one reading or none, so that a text
 * which names several letters without saying which is the answer has none.
 */
export function chosenLetter(text: string): string | null {
  const alone = ALONE.exec(text)?.[1];
  if (alone !== undefined) return alone.toUpperCase();
  const stated = found(text, STATED).at(-1);
  if (stated !== undefined) return ALTERNATIVE.test(stated.behind) ? null : stated.letter;
  const leading = LEADING.exec(text);
  if (leading) return (leading[1] ?? leading[2] ?? leading[3]!).toUpperCase();
  const lone = [...text.matchAll(LONE)].map(([, letter]) => letter!);
  const named = new Set([
    ...lone.filter((letter) => !WORDS.has(letter)),
    ...found(text, MENTIONED).map(({ letter }) => letter),
    ...pairIn(text),
  ]);
  return named.size === 1 ? [...named][0]! : null;
}

/** `A` and the letter beside it. */
function pairIn(text: string): readonly string[] {
  const found = BESIDE_ANOTHER.exec(text);
  if (found === null) return [];
  const other = found[1] ?? found[2];
  return other === undefined ? ['A'] : ['A', other];
}

/** The letters that a pattern finds: capitals, and small ones with a bracket or the end behind them, which are no words. */
function found(text: string, pattern: RegExp) {
  return [...text.matchAll(pattern)].flatMap(({ 0: all, 1: word, 2: boxed, index }) => {
    const letter = word ?? boxed!;
    const behind = text.slice(index + all.length, index + all.length + 40);
    const isCapital = letter === letter.toUpperCase();
    if (letter === 'I' && SPEAKER.test(behind)) return [];
    const isLetter = isCapital || behind.startsWith(')') || FULL_STOP.test(behind);
    return isLetter ? [{ letter: letter.toUpperCase(), behind }] : [];
  });
}
