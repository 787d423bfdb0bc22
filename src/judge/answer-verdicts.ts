import { plainLine } from '../core/plain-text.ts';
import type { Verdict, VerdictKind } from './verdict-kind.ts';

/** A range of scores. */
export interface ScoreRange {
  readonly least: number;
  readonly most: number;
  /** True where scores need not be whole numbers. */
  readonly fractions: boolean;
}

/** A verdict that is a score within a range. */
export function scoreVerdict({ least, most, fractions }: ScoreRange): VerdictKind<Verdict> {
  const allowed = `a ${fractions ? '' : 'whole '}number from ${least} to ${most}`;
  const isAllowed = (score: number) =>
    score >= least && score <= most && (fractions || Number.isInteger(score));
  return {
    pattern: '{"score": N, "reason": "R"}',
    places: `N is ${allowed} and R is one sentence`,
    read: ({ score, reason }) => {
      if (typeof score === 'number' && isAllowed(score)) {
        return { value: { verdict: score, reason: reasonOf(reason) } };
      }
      const found = score === undefined ? 'no "score"' : `the score ${shown(score)}`;
      return { mistake: `has a verdict with ${found}, not ${allowed}` };
    },
    readBare: (reply) => {
      const text = bare(reply);
      const score = /^[-+]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
      return isAllowed(score) ? { verdict: score, reason: null } : undefined;
    },
  };
}

/** A verdict that is one of some labels, told in whatever case. */
export function labelVerdict(labels: readonly string[]): VerdictKind<Verdict> {
  const allowed = `one of ${labels.map((label) => JSON.stringify(label)).join(', ')}`;
  const known = new Map(labels.map((label) => [folded(label), label]));
  return {
    pattern: '{"label": L, "reason": "R"}',
    places: `L is ${allowed}, and R is one sentence`,
    read: ({ label, reason }) => {
      // A label that reads as a number or a truth value is often written as one.
      const isWord = typeof label === 'number' || typeof label === 'boolean';
      const word = isWord ? String(label) : label;
      const verdict = typeof word === 'string' ? known.get(folded(word)) : undefined;
      if (verdict !== undefined) return { value: { verdict, reason: reasonOf(reason) } };
      const found = label === undefined ? 'no "label"' : `the label ${shown(label)}`;
      return { mistake: `has a verdict with ${found}, not ${allowed}` };
    },
    readBare: (reply) => {
      const verdict = known.get(folded(reply)) ?? known.get(folded(bare(reply)));
      return verdict === undefined ? undefined : { verdict, reason: null };
    },
  };
}

/** How a label is compared: without outer white space and case, whichever way its letters are written. */
export function folded(text: string): string {
  return text.trim().normalize('NFC').toLowerCase();
}

/** A short reply without its final punctuation. */
function bare(reply: string): string {
  const text = reply.trim();
  return text.length > 1000 ? '' : text.replace(/[\s.!?。！？…]+$/u, '');
}

function reasonOf(reason: unknown): string | null {
  return typeof reason === 'string' && reason.trim() !== '' ? reason : null;
}

function shown(value: unknown): string {
  return plainLine(JSON.stringify(value), 60);
}
