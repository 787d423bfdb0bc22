const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Reads a duration: a number or bare digits are seconds; `500ms`, `5s`, `2m`, `1h` as they say.
 *
 * @returns milliseconds; undefined when it is none.
 */
export function readDurationMs(value: string | number): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h)?$/.exec(String(value).trim());
  return match ? Number(match[1]) * UNIT_MS[match[2] ?? 's']! : undefined;
}

/** Writes milliseconds as `readDurationMs` reads them, in the largest unit that leaves a whole number. */
export function writeDuration(ms: number): string {
  const unit = ['h', 'm', 's'].find((name) => ms > 0 && ms % UNIT_MS[name]! === 0) ?? 'ms';
  return `${ms / UNIT_MS[unit]!}${unit}`;
}
