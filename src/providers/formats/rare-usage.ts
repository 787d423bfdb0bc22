import type { Usage } from '../../core/usage.ts';
import { countOf } from './json-reading.ts';

/** Adds to a usage the parts that few have, each where it is a count above 0. */
export function withRare(
  usage: Usage,
  cacheWrite: unknown,
  cacheWriteHour?: unknown,
  inputAudio?: unknown,
  outputAudio?: unknown,
): Usage {
  if (!cacheWrite && !cacheWriteHour && !inputAudio && !outputAudio) return usage;
  const rare = { cacheWrite, cacheWriteHour, inputAudio, outputAudio };
  const counts = Object.entries(rare).map(([name, value]) => [name, countOf(value)] as const);
  return { ...usage, ...Object.fromEntries(counts.filter(([, count]) => count)) };
}
