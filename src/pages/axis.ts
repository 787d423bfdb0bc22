/** A line from one number to another, cut into steps, on which figures are drawn. */
export interface Axis {
  /** Where a number is, in percent of the length; those beyond an end are at it. */
  position(value: number): number;
  /** The borders of the steps, in order. */
  readonly edges: readonly number[];
  /** Round numbers to write below. */
  readonly ticks: readonly number[];
}

/** What an axis is for. */
export interface AxisOptions {
  /** True for counts: no step is smaller than 1. Default false. */
  readonly whole?: boolean;
}

const MOST_STEPS = 36;
const MOST_TICKS = 6;
/** From this ratio of the ends on, equal steps would put most of what is there into the first. */
const LOGARITHMIC_FROM = 8;
/** Narrower than this, a step may hold more or fewer of the 2 % classes that are drawn than its neighbour. */
const SMALLEST_RATIO = 1.02;

/**
 * Chooses the axis for numbers: in equal steps, or in equal ratios where they differ by more than eight times.
 *
 * @param low smallest number above 0 that is drawn
 * @param high largest number that is drawn, not below `low`
 */
export function chooseAxis(low: number, high: number, { whole = false }: AxisOptions = {}): Axis {
  const isNarrow = high / low < LOGARITHMIC_FROM || (whole && high - low < MOST_STEPS);
  return isNarrow ? equalSteps(low, high, whole) : equalRatios(low, high);
}

/** An axis over exactly a range, such as 0 to 1. */
export function rangeAxis(low: number, high: number): Axis {
  const span = high - low || 1;
  return {
    position: (value) => percent((value - low) / span),
    edges: [low, high],
    ticks: linearTicks(low, high, 0),
  };
}

function equalSteps(low: number, high: number, whole: boolean): Axis {
  const least = whole ? 1 : low * (SMALLEST_RATIO - 1);
  const raw = Math.max((high - low) / MOST_STEPS, least) || 1;
  const step = whole ? Math.ceil(raw) : raw;
  const start = whole ? low - 0.5 : low - step / 2;
  const count = Math.max(1, Math.floor((high - start) / step) + 1);
  const end = start + count * step;
  return {
    position: (value) => percent((value - start) / (end - start)),
    edges: Array.from({ length: count + 1 }, (_, index) => start + index * step),
    ticks: linearTicks(start, end, whole ? 1 : 0),
  };
}

function equalRatios(low: number, high: number): Axis {
  const classes = Math.log(high / low) / Math.log(SMALLEST_RATIO);
  const ratio = SMALLEST_RATIO ** Math.max(1, Math.ceil(classes / MOST_STEPS));
  const start = low / Math.sqrt(ratio);
  const count = Math.floor(Math.log(high / start) / Math.log(ratio)) + 1;
  const end = start * ratio ** count;
  return {
    position: (value) => percent(Math.log(value / start) / Math.log(end / start)),
    edges: Array.from({ length: count + 1 }, (_, index) => start * ratio ** index),
    ticks: ratioTicks(start, end),
  };
}

/** Round numbers in equal steps of 1, 2 or 5 times a power of ten. */
function linearTicks(low: number, high: number, least: number): number[] {
  const raw = Math.max((high - low) / MOST_TICKS, least, Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Powers of ten with their 2 and 5, or as many of the powers as there is room for. */
function ratioTicks(low: number, high: number): number[] {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, index) => Math.floor(Math.log10(low)) + index,
  );
  const within = (factors: readonly number[]) =>
    powers
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((tick) => tick >= low && tick <= high);
  const fitting = [[1, 2, 5], [1, 3], [1]].map(within).find((ticks) => ticks.length <= MOST_TICKS);
  if (fitting !== undefined) return fitting;
  const tens = within([1]);
  const every = Math.ceil(tens.length / MOST_TICKS);
  return tens.filter((_, index) => index % every === 0);
}

function percent(share: number): number {
  return Number((100 * Math.min(1, Math.max(0, share))).toFixed(2));
}
