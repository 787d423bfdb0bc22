import { plainLine } from '../../core/plain-text.ts';
import type { LaneProgress } from '../../run/index.ts';
import { fitLine, fitMiddle } from '../terminal/display-width.ts';
import type { ScreenSize } from '../terminal/screen.ts';
import type { Style } from '../terminal/style.ts';
import {
  countdownText,
  countText,
  durationText,
  rateText,
  shortSpendText,
  spendText,
} from './figures.ts';
import {
  addRates,
  NO_RATES,
  type Rates,
  type RunMoment,
  remainingMs,
} from './run-progress-state.ts';
import { renderTable, type TableColumn } from './text-table.ts';
import { waitingText } from './waiting-text.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'lane', align: 'left' },
  { title: 'done', align: 'right' },
  { title: 'in flight', align: 'right' },
  { title: 'calls/s', align: 'right' },
  { title: 'tokens/s', align: 'right' },
  { title: 'retries', align: 'right' },
  { title: 'waiting for', align: 'left', shrinks: true },
  { title: 'spent', align: 'right' },
];
/** A narrow screen leaves these out. */
const WIDE_ONLY = new Set(['tokens/s', 'spent']);
const WIDE_SCREEN = 100;
const MAX_NAME = 32;
/** Lines besides those of the lanes: titles, totals, why a lane waits, and one the terminal keeps free. */
const OTHER_LINES = 4;

/** Renders a run as a table of its lanes and a line for all of it, no taller than the screen. */
export function renderRunProgress(
  moment: RunMoment,
  rates: readonly Rates[],
  { columns: width, rows }: ScreenSize,
  style: Style,
): string[] {
  const { lanes } = moment.progress;
  const order = shownLanes(lanes, Math.max(1, rows - OTHER_LINES));
  const hidden = lanes.length - order.length;
  const wide = width >= WIDE_SCREEN;
  const columns = COLUMNS.filter(({ title }) => wide || !WIDE_ONLY.has(title));
  const cells = order.map((index) => {
    const all = laneCells(moment, rates[index] ?? NO_RATES, lanes[index]!);
    return columns.map(({ title }) => all[title] ?? '');
  });
  const [titles = '', ...lines] = renderTable(columns, cells, width - 1);
  const shown = order.map((index) => lanes[index]!);
  const cut = shown.find((lane, row) => isWaitCut(lane, laneWaiting(moment, lane), lines[row]!));
  return [
    style.dim(titles),
    ...lines.map((line, row) => paintLane(line, shown[row]!, style)),
    ...(hidden > 0 ? [style.dim(` and ${countText(hidden)} more lanes`)] : []),
    ` ${overallText(moment, rates, wide)}`,
    ...(cut ? [style.dim(fitLine(` ${heldText(moment, cut)}`, width - 1))] : []),
  ];
}

/** Renders a run as one plain line, for where nothing can be redrawn. */
export function renderRunProgressLine(moment: RunMoment, rates: readonly Rates[]): string {
  const { progress, elapsedMs } = moment;
  const held = progress.lanes
    .filter(({ state }) => state !== 'done')
    .filter((lane) => laneWaiting(moment, lane) !== '-')
    .slice(0, 3)
    .map((lane) => heldText(moment, lane));
  const waiting = held.length === 0 ? '' : `   waiting: ${held.join('; ')}`;
  return `${durationText(elapsedMs)}   ${overallText(moment, rates, true)}${waiting}`;
}

/** True when the table has no room for what its server says to a lane that waits for it. */
function isWaitCut({ state, waiting }: LaneProgress, text: string, line: string): boolean {
  return state === 'running' && waiting?.said != null && !line.includes(text);
}

function heldText(moment: RunMoment, lane: LaneProgress): string {
  return `${fitMiddle(plainLine(lane.name), MAX_NAME)}: ${laneWaiting(moment, lane)}`;
}

function overallText({ progress }: RunMoment, rates: readonly Rates[], wide: boolean): string {
  const { lanes, costUsdBefore, unknownCostsBefore } = progress;
  const sum = (value: (lane: LaneProgress) => number) =>
    lanes.reduce((total, lane) => total + value(lane), 0);
  const all = addRates(rates);
  const failed = sum((lane) => lane.rowsFailed);
  const retries = sum((lane) => lane.retries);
  const leftMs = remainingMs(lanes, rates);
  const spent = costUsdBefore + sum((lane) => lane.costUsd);
  const unknown = unknownCostsBefore + sum((lane) => lane.unknownCosts);
  return [
    `${countText(sum((lane) => lane.rowsDone))}/${countText(sum((lane) => lane.rows))}`,
    ...(failed > 0 ? [`${countText(failed)} failed`] : []),
    ...(wide ? [`${countText(sum((lane) => lane.inFlight))} in flight`] : []),
    `${rateText(all.callsPerSecond)} calls/s`,
    ...(wide ? [`${rateText(all.tokensPerSecond)} tokens/s`] : []),
    ...(wide && retries > 0 ? [retries === 1 ? '1 retry' : `${countText(retries)} retries`] : []),
    `ETA ${leftMs === null ? '-' : countdownText(leftMs)}`,
    `spent ${wide ? spendText(spent, unknown) : shortSpendText(spent, unknown)}`,
  ].join('   ');
}

function laneCells(moment: RunMoment, rates: Rates, lane: LaneProgress): Record<string, string> {
  return {
    lane: fitMiddle(plainLine(lane.name), MAX_NAME),
    done: `${countText(lane.rowsDone)}/${countText(lane.rows)}`,
    'in flight': countText(lane.inFlight),
    'calls/s': rateText(rates.callsPerSecond),
    'tokens/s': rateText(rates.tokensPerSecond),
    retries: countText(lane.retries),
    'waiting for': laneWaiting(moment, lane),
    spent: shortSpendText(lane.costUsd, lane.unknownCosts),
  };
}

function laneWaiting({ nowMs, limits }: RunMoment, lane: LaneProgress): string {
  const failed = lane.rowsFailed > 0 ? ` (${countText(lane.rowsFailed)} failed)` : '';
  return waitingText(lane, nowMs, limits?.get(lane.name)) + failed;
}

/** Which lanes are shown, in their own order: if not all fit, those that still have work come first. */
function shownLanes(lanes: readonly LaneProgress[], room: number): number[] {
  const all = lanes.map((_, index) => index);
  if (all.length <= room) return all;
  const rank = (index: number) => (lanes[index]!.state === 'done' ? 1 : 0);
  const chosen = all.toSorted((a, b) => rank(a) - rank(b)).slice(0, Math.max(1, room - 1));
  return chosen.sort((a, b) => a - b);
}

function paintLane(line: string, lane: LaneProgress, style: Style): string {
  if (lane.state === 'failed') return style.red(line);
  if (lane.state === 'parked') return style.yellow(line);
  return lane.state === 'done' ? style.green(line) : line;
}
