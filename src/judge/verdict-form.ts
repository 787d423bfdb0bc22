import { folded, labelVerdict, scoreVerdict } from './answer-verdicts.ts';
import type { Verdict, VerdictKind } from './verdict-kind.ts';

const RANGE = /^([+-]?\d{1,9}(?:\.\d{1,9})?)-([+-]?\d{1,9}(?:\.\d{1,9})?)$/;
const MAX_LABELS = 100;

/** A form of verdicts. */
export interface VerdictForm {
  readonly kind: VerdictKind<Verdict>;
  /** The labels that a verdict can be; null for scores. */
  readonly labels: readonly string[] | null;
}

/**
 * Reads the form of a verdict: `score:1-5` (whole numbers, or any where a bound is written with a point, as in
 * `score:0.0-1.0`) or `label:yes,no`.
 *
 * @returns the form, or what the form must be, as the end of a sentence
 */
export function readVerdictForm(text: string): VerdictForm | { readonly problem: string } {
  const [, name = '', rest = ''] = /^(score|label):(.*)$/s.exec(text.trim()) ?? [];
  if (name === 'score') return scoreForm(rest.trim());
  if (name === 'label') return labelForm(rest);
  return { problem: 'must be score:LEAST-MOST or label:ONE,ANOTHER, such as score:1-5' };
}

function scoreForm(text: string) {
  const [, from = '', to = ''] = RANGE.exec(text) ?? [];
  const [least, most] = [Number(from), Number(to)];
  if (from === '' || !(least < most)) {
    return { problem: 'must be score:LEAST-MOST, such as score:1-5, with the least number first' };
  }
  const fractions = `${from}${to}`.includes('.');
  return { kind: scoreVerdict({ least, most, fractions }), labels: null };
}

function labelForm(text: string) {
  const labels = text.split(',').map((label) => label.trim());
  const differ = new Set(labels.map(folded)).size === labels.length;
  if (labels.length < 2 || labels.length > MAX_LABELS || labels.includes('') || !differ) {
    return {
      problem: `must be label: and 2 to ${MAX_LABELS} different labels, such as label:yes,no`,
    };
  }
  return { kind: labelVerdict(labels), labels };
}
