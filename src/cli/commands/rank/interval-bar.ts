/** Characters of a bar. */
export interface BarStyle {
  readonly start: string;
  readonly line: string;
  readonly point: string;
  readonly end: string;
}

/** For terminals. */
export const UNICODE_BAR: BarStyle = { start: '├', line: '─', point: '●', end: '┤' };
/** For files and pipes. */
export const ASCII_BAR: BarStyle = { start: '|', line: '-', point: 'o', end: '|' };

/** What a bar shows; bounds are null without an interval. */
export interface BarValue {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The stretch of numbers that a bar's width stands for. */
export interface BarScale {
  readonly from: number;
  readonly to: number;
}

/** The scale on which all of some values and their intervals can be drawn. */
export function barScale(values: readonly BarValue[]): BarScale {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { value, low, high } of values) {
    from = Math.min(from, value, low ?? value);
    to = Math.max(to, value, high ?? value);
  }
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to } : { from: 0, to: 0 };
}

/** Draws an interval and its value in `width` cells: `  ├──●────┤   `. */
export function renderBar(
  { value, low, high }: BarValue,
  { from, to }: BarScale,
  width: number,
  style: BarStyle,
): string {
  const place = (number: number) =>
    to > from ? Math.round(((number - from) / (to - from)) * (width - 1)) : Math.floor(width / 2);
  const cells = new Array<string>(width).fill(' ');
  if (low !== null && high !== null) {
    const [start, end] = [place(low), place(high)];
    cells.fill(style.line, start, end + 1);
    cells[start] = style.start;
    cells[end] = style.end;
  }
  cells[place(value)] = style.point;
  return cells.join('');
}
