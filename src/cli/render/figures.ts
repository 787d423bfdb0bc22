/** Renders a duration to read: `0.21 s`, `5.8 s`, `1 min 50 s`, `2 h 5 min`. */
export function durationText(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 0.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Renders time that is left, as a clock does: `0:02`, `12:05`, `1:00:00`. */
export function countdownText(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const minutes = `${Math.floor(seconds / 60) % 60}`;
  if (seconds < 3600) return `${minutes}:${two(seconds % 60)}`;
  return `${countText(Math.floor(seconds / 3600))}:${minutes.padStart(2, '0')}:${two(seconds % 60)}`;
}

/** Renders a whole number: `1,234,567`. */
export function countText(count: number): string {
  const whole = Math.round(count);
  // From 1e21 on a number is written with an exponent.
  return (Number.isSafeInteger(whole) || !Number.isFinite(whole) ? whole : BigInt(whole))
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Renders a count with its noun: `1 comparison`, `8,931 comparisons`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** Renders a number of tokens; `?` when it is unknown. */
export function tokensText(tokens: number | null): string {
  return tokens === null ? '?' : countText(tokens);
}

/** Renders something per second: `0.4`, `61.2`, `1,234`. */
export function rateText(perSecond: number): string {
  return perSecond < 100 ? perSecond.toFixed(1) : countText(perSecond);
}

/** Renders US dollars: `$0.0024`, `$1.25`; `price unknown` for null. */
export function dollarsText(costUsd: number | null): string {
  if (costUsd === null) return 'price unknown';
  if (costUsd === 0) return '$0';
  if (costUsd < 0.00005) return '<$0.0001';
  if (costUsd < 0.995) return `$${costUsd.toFixed(4)}`;
  const [whole, cents] = costUsd.toFixed(2).split('.');
  return `$${countText(Number(whole))}.${cents}`;
}

/** Renders a sum of which some parts may have no known price: `$0.0024 + 3 of unknown price`. */
export function spendText(costUsd: number, unknownCosts: number): string {
  if (unknownCosts === 0) return dollarsText(costUsd);
  if (costUsd === 0) return 'price unknown';
  return `${dollarsText(costUsd)} + ${countText(unknownCosts)} of unknown price`;
}

/** As `spendText`, for the cell of a table: `$0.0024 + ?`. */
export function shortSpendText(costUsd: number, unknownCosts: number): string {
  if (unknownCosts === 0) return dollarsText(costUsd);
  return costUsd === 0 ? '?' : `${dollarsText(costUsd)} + ?`;
}
