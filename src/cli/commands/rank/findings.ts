import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { countOf, countText } from '../../render/figures.ts';
import {
  coefficientText,
  percentText,
  scoreText,
  testText,
  weightText,
} from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import { renderAgainst, renderDifferences } from './differences.ts';
import { renderHeatMap } from './heat-map.ts';
import { type LeaderboardView, valueText } from './leaderboard.ts';
import { renderWinRates } from './win-rates.ts';

/** Renders everything that was found out about a ranking besides its items. */
export function renderFindings(board: Leaderboard, view: LeaderboardView): string {
  const parts = [
    renderAgainst(board, view),
    renderWinRates(board, view),
    renderDifferences(board, view),
    renderHeatMap(board, view),
    renderPlan(board),
    renderFragility(board, view),
    renderMisfit(board, view),
    renderChoice(board, view),
  ].filter((part) => part !== '');
  return parts.map((part) => `\n${part}`).join('');
}

const name = (item: string) => plainLine(item, 40);
const left = (title: string, shrinks = false): TableColumn => ({ title, align: 'left', shrinks });
const right = (title: string): TableColumn => ({ title, align: 'right' });

function section(heading: string, table: readonly string[], { style }: LeaderboardView): string {
  const [title = '', ...lines] = table;
  return `${[style.bold(heading), style.bold(title), ...lines].join('\n')}\n`;
}

function renderPlan(board: Leaderboard): string {
  const { plan } = board;
  if (!plan) return '';
  const text = valueText(board);
  const [first, second] = [name(plan.first), name(plan.second)];
  const ahead = `${first} is ahead of ${second} by ${text(plan.difference)} (standard error ${text(plan.standardError)})`;
  if (plan.needed === null || plan.more === null) {
    return `${ahead}: no number of ${plan.unit}s chosen as so far separates them.\n`;
  }
  if (plan.more === 0) {
    return `${ahead}: if the true difference is the one seen, there are enough ${plan.unit}s to tell these two apart.\n`;
  }
  const kind = plan.unit === 'comparison' ? 'chosen as so far' : 'compared as often as so far';
  return `${ahead}: if the true difference is the one seen, about ${countOf(plan.more, `more ${plan.unit.replace(',', ' and ')}`)}, ${kind}, would separate these two with ${percentText(plan.power, 0)} power.\n`;
}

function renderFragility({ fragility, fit }: Leaderboard, view: LeaderboardView): string {
  if (fragility === undefined) return '';
  const { first, successor, verdicts, share, exact, atLeast, removed } = fragility;
  if (verdicts === null || successor === null) {
    return `No set of votes was found whose removal takes the first place from ${name(first)}; fewer than ${countText(atLeast)} are not enough.\n`;
  }
  const most = exact ? '' : 'at most ';
  const heading = `The first place hangs on ${most}${countText(verdicts)} of ${countText(fit.comparisons)} votes (${percentText(share, 2)}): without them ${name(successor)} is ahead of ${name(first)}`;
  const rows = removed.slice(0, 10).map(({ winner, items, verdicts: count }) => {
    return [countText(count), items.map(name).join(' - '), winner === null ? 'tie' : name(winner)];
  });
  return section(
    heading,
    renderTable([right('votes'), left('between', true), left('for')], rows, view.width),
    view,
  );
}

function fitVerdict({ p, pairs, unit }: NonNullable<Leaderboard['misfit']>['test']): string {
  if (p === null) return `Fit: no test, there are too few clusters by ${unit}.`;
  const verdict =
    p < 0.05
      ? 'one strength an item does not explain the votes'
      : 'nothing speaks against the model';
  return `Fit: p = ${testText(p)} over ${countText(pairs)} pairs, by ${unit}: ${verdict}.`;
}

function renderMisfit({ misfit }: Leaderboard, view: LeaderboardView): string {
  if (misfit === undefined) return '';
  const { test, pairs } = misfit;
  const heading = `${fitVerdict(test)} Pairs that fit worst`;
  const rows = pairs.map((pair) => [
    name(pair.item),
    name(pair.other),
    weightText(pair.comparisons),
    scoreText(pair.observed),
    coefficientText(pair.expected, 1),
    coefficientText(pair.standardised, 1),
  ]);
  const columns = [
    left('did better', true),
    left('against'),
    right('n'),
    right('points'),
    right('expected'),
    right('sd'),
  ];
  return section(heading, renderTable(columns, rows, view.width), view);
}

function renderChoice({ choice }: Leaderboard, view: LeaderboardView): string {
  if (choice === undefined) return '';
  const rows = choice.map(({ method, logLoss, excess, excessError, calibration }) => [
    method,
    coefficientText(logLoss, 5),
    excess === 0
      ? 'best'
      : `+${coefficientText(excess, 5)} (se ${coefficientText(excessError, 5)})`,
    percentText(calibrationGap(calibration), 2),
  ]);
  const columns = [
    left('model of ties'),
    right('log-loss'),
    right('over the best'),
    right('calibration error'),
  ];
  const heading = 'Held-out comparisons (whole units left out; smaller is better)';
  return section(heading, renderTable(columns, rows, view.width), view);
}

type Calibration = NonNullable<Leaderboard['choice']>[number]['calibration'];

/** Mean distance of observed from expected scores. */
function calibrationGap(classes: Calibration): number | null {
  const total = classes.reduce((sum, one) => sum + one.comparisons, 0);
  const gap = classes.reduce((sum, { expected, observed, comparisons }) => {
    return comparisons === 0 ? sum : sum + comparisons * Math.abs(expected - observed);
  }, 0);
  return total === 0 ? null : gap / total;
}
