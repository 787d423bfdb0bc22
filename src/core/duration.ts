const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/**
 * Reads a duration as users write it, `250ms`, `1.5s`, `2m` or `1h`, as milliseconds.
 *
 * @param bareUnit unit of a number that has none; default none, so that such a number is no duration.
 * @returns undefined when it is none.
 */
export function parseDurationMs(text: string, bareUnit?: keyof typeof UNIT_MS): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h)?$/.exec(text.trim());
  const unit = match?.[2] ?? bareUnit;
  if (match === null || unit === undefined) return undefined;
  return Number(match[1]) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** Writes milliseconds as a duration in the largest unit that leaves a whole number: `5m`, `90s`, `250ms`. */
export function writeDuration(ms: number): string {
  const units = ['h', 'm', 's'] as const;
  const unit = units.find((name) => ms > 0 && ms % UNIT_MS[name] === 0) ?? 'ms';
  return `${ms / UNIT_MS[unit]}${unit}`;
}
