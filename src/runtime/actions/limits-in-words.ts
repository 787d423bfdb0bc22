import type { Limits } from '../../scheduler/index.ts';

/** Says limits in words, such as `480 requests/min`, `64 in flight`; empty when there are none. */
export function limitsInWords(limits: Limits): string[] {
  const { requestsPerMinute, tokensPerMinute, concurrency } = limits;
  return [
    ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} requests/min`]),
    ...(tokensPerMinute === undefined ? [] : [`${tokensPerMinute} tokens/min`]),
    ...(concurrency === undefined ? [] : [`${concurrency} in flight`]),
  ];
}
