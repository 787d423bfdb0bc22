import { RUN_OPTIONS, type RunOption, type RunOptionName } from './run-options.ts';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Reads a duration: a number or bare digits are seconds; `500ms`, `5s`, `2m`, `1h` as they say.
 *
 * @returns milliseconds; undefined when it is none.
 */
function readDurationMs(value: string | number): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h)?$/.exec(String(value).trim());
  return match ? Number(match[1]) * (UNIT_MS[match[2] ?? 's'] as number) : undefined;
}

/**
 * Reads the value of a setting of `run:` as a flag, a variable or a settings file gives it.
 *
 * @returns the value (milliseconds for a duration), or what it must be, as the end of a sentence.
 */
export function readRunOption(
  name: RunOptionName,
  value: string | number,
): { readonly value: number | string } | { readonly problem: string } {
  const option: RunOption = RUN_OPTIONS[name];
  if (option.kind === 'path') {
    return typeof value === 'string' && value !== '' && !value.includes('\0')
      ? { value }
      : { problem: 'must be the path of a folder' };
  }
  const [minimum, maximum] = option.range as readonly [number, number];
  const number = option.kind === 'duration' ? readDurationMs(value) : readCount(value);
  if (number !== undefined && number >= minimum && number <= maximum) return { value: number };
  return {
    problem:
      option.kind === 'duration'
        ? 'must be a duration of 1ms to 24h, such as 30 (seconds), 5s, 500ms or 2m'
        : `must be a whole number from ${minimum} to ${maximum}`,
  };
}

function readCount(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return /^\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
}
