import { type KnownAnswer, numberAnswer, textAnswer } from './known-answer.ts';

/** A word in quotes, or after "the word". */
const WORD =
  /(?<!\p{L})["'“‘`]([^"'”’`\n]{1,200})["'”’`]|\bthe (?:word|text)s? ([\p{L}\p{N}-]{1,100})/u;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'last'];
const LETTER_IN_WORD =
  /letter ["'“‘`]?([a-z])["'”’`]?(?: appears?| occurs?| is| are)?(?: there)? in (?:the word )?["'“‘`]?(\p{L}+)/iu;

/** Tasks on one word: what asks for it, and what is done. */
const TASKS: readonly (readonly [RegExp, (word: string) => KnownAnswer])[] = [
  [/\b(?:revers\w*|backwards?)\b/i, (word) => textAnswer([...word].reverse().join(''))],
  [/\b(?:upper ?case|capital letters)\b/i, (word) => textAnswer(word.toUpperCase())],
  [/\blower ?case\b/i, (word) => textAnswer(word.toLowerCase())],
  [
    /\b(?:how many|number of|count the) vowels\b/i,
    (word) => numberAnswer(word.match(/[aeiou]/gi)?.length ?? 0),
  ],
  [
    /\b(?:how many|number of|count the) (?:letters|characters)\b/i,
    (word) => numberAnswer([...word].length),
  ],
  [/\b(?:how many|number of|count the) words\b/i, (text) => numberAnswer(countWords(text))],
  [
    /\b(?:sort|alphabetical order|alphabetically)\b/i,
    (word) => textAnswer([...word].sort().join('')),
  ],
];

/** Answers questions about one word: reversed, counted, in capitals, a letter of it; undefined if none is asked. */
export function answerWordQuestion(prompt: string): KnownAnswer | undefined {
  const [, letter, within] = LETTER_IN_WORD.exec(prompt) ?? [];
  if (letter && within) {
    return numberAnswer(within.toLowerCase().split(letter.toLowerCase()).length - 1);
  }
  const match = WORD.exec(prompt);
  const word = match?.[1] ?? match?.[2];
  if (word === undefined) return undefined;
  const [, ordinal] = new RegExp(`\\b(${ORDINALS.join('|')}) letter\\b`, 'i').exec(prompt) ?? [];
  if (ordinal) return letterAt(word, ordinal.toLowerCase());
  return TASKS.find(([asks]) => asks.test(prompt))?.[1](word);
}

function letterAt(word: string, ordinal: string): KnownAnswer | undefined {
  const letters = [...word];
  const right = ordinal === 'last' ? letters.at(-1) : letters[ORDINALS.indexOf(ordinal)];
  if (right === undefined) return undefined;
  return {
    right,
    wrong: (random) => {
      const others = letters.filter((letter) => letter !== right);
      return others[Math.floor(random() * others.length)] ?? '?';
    },
  };
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
