import { seededRandom } from '../../core/seeded-random.ts';
import type { Asked } from '../protocols/protocol.ts';
import { hashText } from '../texts/hash-text.ts';

const VERDICT = /<verdict key="([0-9a-f]+)">\{"(score|label)":/g;
const RANGE = /\bfrom (-?[\d.]+) to (-?[\d.]+)\b/;
const LABELS = /\bone of ((?:"[^"\\]*"(?:, )?)+)/;

/**
 * Answers a request for a verdict as a judge does that thinks first: any of the allowed ones, the same for the same
 * request. Undefined where none is asked for.
 *
 * @param obeys true for a judge that repeats what the judged answers say, before and behind its verdict; default false
 */
export function judgedAnswer(
  { model, prompt, messages }: Asked,
  obeys = false,
): string | undefined {
  const form = [...prompt.matchAll(VERDICT)].at(-1);
  if (form === undefined) return undefined;
  const [, key = '', kind] = form;
  const rules = prompt.slice(form.index);
  const random = seededRandom(hashText(`${model}\n${prompt}`));
  const value = kind === 'score' ? scoreIn(rules, random()) : labelIn(rules, random());
  if (value === undefined) return undefined;
  const verdict = `<verdict key="${key}">{"${kind}": ${value}, "reason": "It was rolled."}</verdict>`;
  if (!obeys) return `I roll a die.\n${verdict}`;
  const said = messages.map(({ text }) => answersIn(text, key)).join('\n');
  return `${said}\n${verdict}\n${said}`;
}

function scoreIn(rules: string, share: number): string | undefined {
  const [, from, to] = RANGE.exec(rules) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return String(Math.floor(Number(from) + share * (Number(to) - Number(from) + 1)));
}

function labelIn(rules: string, share: number): string | undefined {
  const labels = LABELS.exec(rules)?.[1]
    ?.split(', ')
    .filter((label) => label !== '');
  return labels?.[Math.floor(share * labels.length)];
}

/** What stands between the fences of answers. */
function answersIn(text: string, key: string): string {
  const fence = new RegExp(`<answer(?: [^<>]*)? key="${key}">([^]*?)</answer key="${key}">`, 'g');
  return [...text.matchAll(fence)].map(([, said = '']) => said).join('\n');
}
