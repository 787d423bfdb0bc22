import { saidAnswer } from '../questions/said-answer.ts';
import type { AskedVerdict } from './asked-verdict.ts';
import type { Findings } from './judge-answers.ts';

/** Writes the verdict that is asked for, by what a judge has found; undefined where it cannot be one of those allowed. */
export function writeVerdict(
  asked: AskedVerdict,
  findings: Findings,
  share: number,
): string | undefined {
  const { kind, key, rules } = asked;
  if (kind === 'result') return resultText(asked, findings);
  const verdict = verdictValue(kind, rules, asked, findings, share);
  if (verdict === undefined) return undefined;
  return `<verdict key="${key}">${verdict}</verdict>`;
}

const RANGE = /\bfrom (-?[\d.]{1,20}) to (-?[\d.]{1,20})\b/;
const LABELS = /\bone of ((?:"[^"\\]*"(?:, )?)+)/;

function verdictValue(
  kind: Exclude<AskedVerdict['kind'], 'result'>,
  rules: string,
  asked: AskedVerdict,
  findings: Findings,
  share: number,
): string | undefined {
  if (kind === 'score') return single(kind, scoreIn(rules, share));
  if (kind === 'label') return single(kind, labelIn(rules, share));
  const labels = asked.answers.map(({ label }) => label);
  if (labels.length === 0) return undefined;
  const confidence = rules.includes('"confidence"') && { confidence: agreement(asked, findings) };
  if (kind === 'pick') {
    return JSON.stringify({ pick: labels[best(findings)], ...confidence });
  }
  const ranking = findings.ranking.map((group) => {
    const named = group.map((place) => labels[place] ?? '');
    return named.length === 1 ? named[0] : named;
  });
  const reasons = rules.includes('"reasons"') && {
    reasons: Object.fromEntries(labels.map((label, place) => [label, reasonFor(findings, place)])),
  };
  return JSON.stringify({ ranking, ...reasons, ...confidence });
}

function single(kind: string, value: string | undefined): string | undefined {
  return value && `{"${kind}": ${value}, "reason": "It was rolled."}`;
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

function reasonFor({ worth }: Findings, place: number): string {
  return `It was weighed and found worth ${(worth[place] ?? 0).toFixed(2)}.`;
}

function best({ ranking }: Findings): number {
  return ranking[0]?.[0] ?? 0;
}

/** The share of the shown answers that say what the best one says. */
function agreement({ answers }: AskedVerdict, findings: Findings): number {
  const said = answers.map(({ text }) => saidAnswer(text));
  const chosen = said[best(findings)];
  const same = said.filter((one) => one !== null && one === chosen).length;
  return Number((Math.max(1, same) / Math.max(1, said.length)).toFixed(3));
}

/** An arbiter makes the best answer its own; how many agree with it is its confidence. */
function resultText(asked: AskedVerdict, findings: Findings): string {
  const { key, answers } = asked;
  const chosen = answers[best(findings)]?.text ?? '';
  const confidence = agreement(asked, findings);
  const others = new Set(answers.map(({ text }) => saidAnswer(text)));
  others.delete(saidAnswer(chosen));
  const dissent = others.size === 0 ? 'None.' : `Others say ${[...others].join(', ')}.`;
  const areas = others.size === 0 ? '' : '<area>What the others say</area>';
  return [
    `<result key="${key}">`,
    `<synthesis>${chosen}</synthesis>`,
    `<confidence>${confidence}</confidence>`,
    '<analysis>I weighed each of the answers.</analysis>',
    `<dissent>${dissent}</dissent>`,
    `<refinement_areas>${areas}</refinement_areas>`,
    `<needs_iteration>${others.size > 0}</needs_iteration>`,
    '</result>',
  ].join('\n');
}
