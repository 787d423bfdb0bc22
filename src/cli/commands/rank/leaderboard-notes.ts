import type { Leaderboard, RankedTable } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { METHODS } from '../../../ranking/index.ts';
import { namedFlags } from '../../command-line/named-flags.ts';
import { countOf, countText } from '../../render/figures.ts';
import {
  coefficientText,
  intervalText,
  levelText,
  scoreText,
} from '../../render/statistics-text.ts';
import { RANK_OPTIONS } from './options.ts';

/** Names a ranking: its method, and its group if there is one. */
export function boardTitle({ method, by }: Leaderboard): string {
  return by === null ? method : `${method}, ${plainLine(`${by.column} ${by.group}`, 60)}`;
}

/** What stands above a ranking: the method, how much it rests on, how the fit went. */
export function renderFitLine(board: Leaderboard): string {
  const { fit, items } = board;
  const iterations = countOf(fit.iterations, 'iteration');
  const fitted =
    fit.iterations === 0
      ? []
      : [
          `${convergedText(fit.converged)} in ${iterations}, residual ${fit.residual.toExponential(0)}`,
        ];
  const ties = fit.ties === null ? [] : [`ties: ${fit.ties.name} = ${scoreText(fit.ties.value)}`];
  const size = `${countOf(fit.comparisons, 'comparison')} of ${countOf(items.length, 'item')}`;
  return `${[boardTitle(board), size, ...fitted, ...ties].join('; ')}\n`;
}

/** What a score of the ranking's method means, and what its rating. */
export function renderMeaning({ method, options }: Leaderboard): string {
  const { about, ratings } = METHODS[method];
  if (ratings !== 'strengths') return `  ${about}\n`;
  const centre =
    options.anchor === null
      ? '1000 is the mean item'
      : `${plainLine(options.anchor.item, 60)} is set to ${options.anchor.rating}`;
  return `  ${about}\n  Rating: ${centre}; 400 points are odds of 10 to 1.\n`;
}

/** What stands below a ranking: what its intervals rest on, coefficients, judges, warnings, problems. */
export function renderBoardNotes(board: Leaderboard): string {
  const lines = [
    intervalNote(board),
    ...board.coefficients.map((one) => coefficientNote(one, board.options.level)),
    ...judgeNotes(board),
    ...board.warnings.map(inFlags),
    ...bestNote(board),
    ...board.problems.map((problem) => `NOT TO BE TRUSTED: ${inFlags(problem)}`),
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `  ${plainLine(line, 500)}\n`)
    .join('');
}

/** Problems and refusals of rankings that are written for a program, and warnings if wanted. */
export function renderProblems(
  { leaderboards, refusals }: RankedTable,
  { warnings }: { readonly warnings: boolean },
): string {
  const lines = leaderboards.flatMap((board) =>
    [
      ...(warnings ? board.warnings.map(inFlags) : []),
      ...board.problems.map((problem) => `NOT TO BE TRUSTED: ${inFlags(problem)}`),
    ].map((text) => `${boardTitle(board)}: ${text}`),
  );
  const refused = refusals.map(
    ({ method, group, message }) => `${method}, ${group}: not ranked: ${message}`,
  );
  return [...new Set([...lines, ...refused])].map((line) => `${plainLine(line, 500)}\n`).join('');
}

function intervalNote({ fit, options, items }: Leaderboard): string {
  if (fit.intervals === 'none' || items.every(({ low }) => low === null)) return 'No intervals.';
  const level = levelText(options.level);
  const how =
    fit.intervals === 'bootstrap'
      ? `bootstrap (${options.bootstrapInterval}), ${countText(fit.rounds ?? 0)} rounds, seed ${fit.seed}`
      : 'sandwich';
  const wider =
    fit.widening === null || fit.unit === 'comparison' || fit.widening === 1
      ? ''
      : `, ${fit.widening.toFixed(2)} x as wide as by comparison`;
  const again =
    fit.degenerateRounds === null || fit.degenerateRounds === 0
      ? ''
      : `; ${countText(fit.degenerateRounds)} rounds without a finite fit were refitted with a prior of 0.5`;
  const range = items.some(({ rankLow }) => rankLow !== null)
    ? ' Ranges hold all true ranks at once.'
    : '';
  return `${level} intervals relative to the mean item: ${how}; independent: ${unitText(fit.unit)} (${countOf(fit.clusters ?? 0, 'cluster')}${wider})${again}.${range}`;
}

function bestNote({ best, top }: Leaderboard): string[] {
  if (best === undefined) return [];
  const first = top === 1 ? '' : ` and first ${top}`;
  return [
    `best${first}: what a flat prior makes of these errors; no claim about all items at once, as the ranges are.`,
  ];
}

function unitText(unit: string | null): string {
  const [first = 'comparison', second, third] = unit?.split(',') ?? [];
  if (second === undefined) return first;
  return `${first} and ${second}${third === undefined ? '' : ', less comparison'}`;
}

function coefficientNote(
  { name, value, low, high, standardDeviation }: Leaderboard['coefficients'][number],
  level: number,
): string {
  const unit =
    name === 'side'
      ? 'log odds for the side shown first'
      : `log odds for one standard deviation (${scoreText(standardDeviation)})`;
  return `${name}: ${coefficientText(value)} (${levelText(level)}: ${intervalText(low, high)}), ${unit}.`;
}

function judgeNotes({ judges }: Leaderboard): string[] {
  if (judges.length === 0) return [];
  const sorted = [...judges].sort((a, b) => a.reliability - b.reliability);
  const shown = sorted
    .slice(0, 5)
    .map(({ judge, reliability }) => `${judge} ${coefficientText(reliability, 2)}`);
  const contrary = sorted.filter(({ reliability }) => reliability < 0.5).length;
  return [
    `${countText(judges.length)} judges; least reliable: ${shown.join(', ')}; below 0.5: ${countText(contrary)}.`,
  ];
}

function convergedText(converged: boolean | 'local'): string {
  if (converged === 'local') return 'converged to a local maximum';
  return converged ? 'converged' : 'NOT CONVERGED';
}

/** What a ranking says, with the flags of this command. */
function inFlags(text: string): string {
  return namedFlags(text, RANK_OPTIONS);
}
