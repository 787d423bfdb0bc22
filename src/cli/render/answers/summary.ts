import { type Answer, hasUnknownCost, isCut } from '../../../core/answer.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { addUsage, UNKNOWN_USAGE } from '../../../core/usage.ts';
import { displayWidth, fitLine, fitMiddle, padLine } from '../../terminal/display-width.ts';
import type { Style } from '../../terminal/style.ts';
import { degradedLineOf } from '../degraded.ts';
import { dollarsText, durationText, spendText, tokensText } from '../figures.ts';

/** What one model was asked and what came of it. */
export interface AskResult {
  readonly title: string;
  /** The answers of all its samples, at least one. */
  readonly answers: readonly Answer[];
  /** From the question until its last answer, waiting included. */
  readonly totalMs: number;
}

const MAX_TITLE = 40;

/** Renders each model's times, tokens and cost, and what asking them together took. */
export function renderAskSummary(
  results: readonly AskResult[],
  togetherMs: number,
  { width, style }: { readonly width: number; readonly style: Style },
): string {
  const titles = results.map(({ title }) => fitMiddle(plainLine(title), MAX_TITLE));
  const titleWidth = Math.max(0, ...titles.map(displayWidth));
  const lines = results.map((result, index) => {
    const figures = figuresOf(result);
    const title = style.bold(padLine(titles[index] ?? '', titleWidth));
    const failed = result.answers.find(({ error }) => error !== null)?.error;
    if (!failed) return ` ${title}  ${figures}`;
    const room = Math.max(20, width - titleWidth - 3);
    return ` ${title}  ${style.red(fitLine(plainLine(failed.message, 500), room))}`;
  });
  return `${[...lines, ` ${totals(results, togetherMs)}`].join('\n')}\n`;
}

function figuresOf({ answers, totalMs }: AskResult): string {
  const usage = answers.map((answer) => answer.usage).reduce(addUsage, UNKNOWN_USAGE);
  const firstMs = answers[0]?.firstTokenMs ?? null;
  const first = firstMs === null ? '' : `first ${durationText(firstMs).padEnd(6)}  `;
  const total = `total ${durationText(totalMs).padEnd(6)}`;
  const tokens = `in ${tokensText(usage.input)}  out ${tokensText(usage.output)}`;
  const cut = answers.some(isCut) ? '  cut at the token limit' : '';
  const degraded = answers.some((one) => degradedLineOf(one) !== null) ? '  degraded' : '';
  return `${first}${total}  ${tokens}  ${costText(answers)}${cut}${degraded}`;
}

function costText(answers: readonly Answer[]): string {
  const { costUsd, unknown } = costOf(answers);
  return unknown === answers.length ? dollarsText(null) : spendText(costUsd, unknown);
}

function totals(results: readonly AskResult[], togetherMs: number): string {
  const answers = results.flatMap((result) => result.answers);
  const { costUsd, unknown } = costOf(answers);
  const cost = spendText(costUsd, unknown);
  const together = `together ${durationText(togetherMs)}`;
  if (results.length < 2) return `${together}, ${cost}`;
  const sumMs = results.reduce((sum, { totalMs }) => sum + totalMs, 0);
  return `${together} (one after the other ${durationText(sumMs)}), ${cost}`;
}

/** The known cost of some answers, and how many were paid for at a price that nobody knows. */
function costOf(answers: readonly Answer[]): { costUsd: number; unknown: number } {
  const costUsd = answers.reduce((sum, answer) => sum + (answer.costUsd ?? 0), 0);
  return { costUsd, unknown: answers.filter(hasUnknownCost).length };
}
