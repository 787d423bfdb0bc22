import { computeExpression } from './arithmetic.ts';
import { type KnownAnswer, numberAnswer } from './known-answer.ts';

const NUMBER = String.raw`(-?\d+(?:\.\d+)?)`;

/** Sentences that mean a calculation, and the value of it. */
const SENTENCES: readonly (readonly [RegExp, (left: number, right: number) => number])[] = [
  [sentence(`add ${NUMBER} (?:and|to) ${NUMBER}`), (left, right) => left + right],
  [sentence(`sum of ${NUMBER} and ${NUMBER}`), (left, right) => left + right],
  [sentence(`subtract ${NUMBER} from ${NUMBER}`), (left, right) => right - left],
  [sentence(`difference between ${NUMBER} and ${NUMBER}`), (left, right) => Math.abs(left - right)],
  [sentence(`multiply ${NUMBER} (?:by|with|and) ${NUMBER}`), (left, right) => left * right],
  [sentence(`product of ${NUMBER} and ${NUMBER}`), (left, right) => left * right],
  [sentence(`divide ${NUMBER} by ${NUMBER}`), (left, right) => left / right],
  [
    sentence(`remainder (?:of|when) ${NUMBER}(?: is)? divided by ${NUMBER}`),
    (left, right) => left % right,
  ],
  [sentence(`${NUMBER} ?(?:%|percent) of ${NUMBER}`), (left, right) => (left * right) / 100],
  [sentence(`(?:double|twice) ${NUMBER}`), (value) => value * 2],
  [sentence(`half of ${NUMBER}`), (value) => value / 2],
  [sentence(`square root of ${NUMBER}`), (value) => Math.sqrt(value)],
  [sentence(`square of ${NUMBER}`), (value) => value ** 2],
  [sentence(`${NUMBER} squared`), (value) => value ** 2],
];

const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/\bplus\b/gi, '+'],
  [/\bminus\b/gi, '-'],
  [/\b(?:times|multiplied by)\b/gi, '*'],
  [/\b(?:divided by|over)\b/gi, '/'],
  [/\bmod(?:ulo)?\b/gi, '%'],
  [/(?<=\d\s*)[x×·](?=\s*\d)/gi, '*'],
  [/÷/g, '/'],
  [/[−–]/g, '-'],
];

/** Longer runs of digits and signs than a person would ask are not looked at. */
const EXPRESSION = /[-(\d][-+*/%^().\d\s]{0,200}[)\d]/g;

/** Answers small calculations, written as signs (`17 * 23`) or in words; undefined if there is none. */
export function answerNumberQuestion(prompt: string): KnownAnswer | undefined {
  for (const [pattern, compute] of SENTENCES) {
    const match = pattern.exec(prompt);
    if (!match) continue;
    const value = compute(Number(match[1]), Number(match[2]));
    if (Number.isFinite(value)) return numberAnswer(value);
  }
  const signs = SPOKEN.reduce((text, [words, sign]) => text.replace(words, sign), prompt);
  for (const [candidate] of signs.matchAll(EXPRESSION)) {
    const value = /\d[\s)]*[-+*/%^][\s(]*-?\d/.test(candidate)
      ? computeExpression(candidate)
      : undefined;
    if (value !== undefined) return numberAnswer(value);
  }
  return undefined;
}

function sentence(pattern: string): RegExp {
  return new RegExp(String.raw`(?<![\w.])${pattern}`, 'i');
}
