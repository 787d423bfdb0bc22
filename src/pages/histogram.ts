import { type Axis, chooseAxis } from './axis.ts';
import { type Html, html } from './html.ts';
import { renderName } from './name.ts';

/** How often each number came, of one series. */
export interface Series {
  readonly name: string;
  readonly counts: readonly { readonly value: number; readonly count: number }[];
  /** Null where nothing came. */
  readonly median: number | null;
}

/** Histograms below each other over one axis. */
export interface HistogramFigure {
  readonly caption: string;
  readonly series: readonly Series[];
  /** True for counts. */
  readonly whole: boolean;
  /** Writes a number with its unit. */
  readonly text: (value: number) => string;
}

const HEIGHT = 44;
const LEAST_BAR = 1.5;
/** Below this, bars that touch each other would be blocks. */
const FEW_STEPS = 12;

/** Renders histograms as SVG that fills its place and is never scaled: texts keep their size. */
export function renderHistograms({ caption, series, whole, text }: HistogramFigure): Html {
  const drawn = series.filter(({ counts }) => counts.some(({ value }) => value > 0));
  const values = drawn.flatMap(({ counts }) =>
    counts.flatMap(({ value }) => (value > 0 ? [value] : [])),
  );
  if (values.length === 0)
    return html`<figure class="histograms"><figcaption>${caption}</figcaption><p class="quiet">Nothing to draw.</p></figure>`;
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, 0],
  );
  const axis = chooseAxis(low, high, { whole });
  return html`<figure class="histograms">
<figcaption>${caption}</figcaption>
${drawn.map((one) => renderSeries(one, axis, text))}
${renderTicks(axis, text)}
</figure>
`;
}

/** Renders the numbers below an axis. */
function renderTicks(axis: Axis, text: (value: number) => string): Html {
  const tick = (value: number) => {
    const at = axis.position(value);
    const anchor = at < 6 ? 'start' : at > 94 ? 'end' : 'middle';
    return html`<line x1="${at}%" x2="${at}%" y1="0" y2="4"></line><text x="${at}%" y="17" text-anchor="${anchor}">${text(value)}</text>`;
  };
  return html`<svg class="axis" width="100%" height="20" aria-hidden="true"><line x1="0" x2="100%" y1="0.5" y2="0.5"></line>${axis.ticks.map(tick)}</svg>`;
}

function renderSeries(
  { name, counts, median }: Series,
  axis: Axis,
  text: (value: number) => string,
): Html {
  const { edges } = axis;
  const bars = edges.slice(1).map(() => 0);
  let none = 0;
  for (const { value, count } of counts) {
    if (value > 0) bars[stepOf(value, edges)]! += count;
    else none += count;
  }
  const most = Math.max(...bars);
  const zeros = none === 0 ? '' : `, ${none} at 0 (not drawn)`;
  const middle = median === null ? '' : `median ${text(median)}`;
  return html`<div class="series"><p>${renderName(name)} <span>${middle}${zeros}</span></p>
<svg width="100%" height="${HEIGHT}" role="img" aria-label="${name}: ${middle}, from ${text(lowest(counts))} to ${text(highest(counts))}${zeros}">
${bars.map((count, step) => renderBar({ count, most, from: edges[step]!, to: edges[step + 1]! }, axis, text))}
${median !== null && median > 0 && html`<line class="median" x1="${axis.position(median)}%" x2="${axis.position(median)}%" y1="0" y2="${HEIGHT}"></line>`}
</svg></div>
`;
}

interface Bar {
  readonly count: number;
  readonly most: number;
  readonly from: number;
  readonly to: number;
}

function renderBar({ count, most, from, to }: Bar, axis: Axis, text: (value: number) => string) {
  if (count === 0) return null;
  const height = Math.max(LEAST_BAR, (HEIGHT * count) / most);
  const [left, right] = [axis.position(from), axis.position(to)];
  const inset = axis.edges.length > FEW_STEPS ? 0 : (right - left) / 4;
  const [start, width] = [left + inset, right - left - 2 * inset];
  return html`<rect x="${start.toFixed(2)}%" width="${width.toFixed(2)}%" y="${(HEIGHT - height).toFixed(1)}" height="${height.toFixed(1)}"><title>${text(from)} to ${text(to)}: ${count}</title></rect>`;
}

function stepOf(value: number, edges: readonly number[]): number {
  const above = edges.findIndex((edge) => edge > value);
  return above < 0 ? edges.length - 2 : Math.max(0, above - 1);
}

function lowest(counts: Series['counts']): number {
  return Math.min(...counts.map(({ value }) => value));
}

function highest(counts: Series['counts']): number {
  return Math.max(...counts.map(({ value }) => value));
}
