import { plainLine } from '../../core/plain-text.ts';
import type { LaneLimits } from '../../runtime/index.ts';

/** Says limits in words, such as `480 requests/min`, `64 in flight`; empty when there are none. */
export function limitsText(limits: LaneLimits): string[] {
  const { requestsPerMinute, tokensPerMinute, concurrency } = limits;
  return [
    ...(requestsPerMinute == null ? [] : [`${requestsPerMinute} requests/min`]),
    ...(tokensPerMinute == null ? [] : [`${tokensPerMinute} tokens/min`]),
    ...(concurrency == null ? [] : [`${concurrency} in flight`]),
  ];
}

/** Says what a limits file names that has no row; none or one line. */
export function unusedLimitsText({
  limitsFile = '',
  unusedLimits,
}: {
  readonly limitsFile: string | undefined;
  readonly unusedLimits: readonly string[];
}): string[] {
  if (unusedLimits.length === 0) return [];
  return [plainLine(`${limitsFile}: no row has ${unusedLimits.join(', ')}`, 500)];
}
