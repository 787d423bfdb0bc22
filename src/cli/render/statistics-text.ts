import { countText } from './figures.ts';

/** Shown where a number is not known. */
export const UNKNOWN = '-';

/** Renders a rating: `1172`, with `digits` decimals. */
export function ratingText(value: number | null, digits = 0): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** Renders a score of any size in at most five digits: `0.041218`, `12`, `3.5`, `1.2e-9`. */
export function scoreText(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return String(value);
  return String(Number(value.toPrecision(5)));
}

/** Renders a share in percent: `63.2 %`. */
export function percentText(share: number | null, digits = 1): string {
  return share === null || !Number.isFinite(share) ? UNKNOWN : `${(100 * share).toFixed(digits)} %`;
}

/** Renders a coefficient between -1 and 1, or log odds: `0.291`. */
export function coefficientText(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** Puts a plus before a number that is shown as more than 0. */
export function withSign(text: string): string {
  return Number(text) > 0 ? `+${text}` : text;
}

/** Renders the probability of a test: `0.032`, `<0.001`. */
export function testText(p: number | null): string {
  if (p === null || !Number.isFinite(p)) return UNKNOWN;
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** Renders a sum of weights: whole numbers with thousands, others with one decimal. */
export function weightText(sum: number): string {
  return Number.isInteger(sum) ? countText(sum) : scoreText(sum);
}

/** Renders an interval: `0.27..0.31`. */
export function intervalText(
  low: number | null,
  high: number | null,
  text: (value: number | null) => string = coefficientText,
): string {
  return low === null || high === null ? UNKNOWN : `${text(low)}..${text(high)}`;
}

/** Renders a confidence level: `95 %`, `99.9 %`. */
export function levelText(level: number): string {
  return `${Number((100 * level).toFixed(2))} %`;
}
