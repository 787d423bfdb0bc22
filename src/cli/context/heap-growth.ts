import {
  getHeapSpaceStatistics,
  getHeapStatistics,
  type HeapSpaceInfo,
  setFlagsFromString,
} from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Both halves together. Measured: 128 MiB (V8's own choice) is no faster, and 80 MiB of memory more. */
const ENOUGH_BYTES = 32 * 1024 * 1024;
/** Measured with answers of 300 kB and 3 MB: 24 MiB take 15 MiB more, and 8 MiB more time. */
const LARGE_GROWTH_BYTES = 16 * 1024 * 1024;
const LOOK_EVERY_MS = 20;

/**
 * Keeps this process, while it runs, near the memory that it needs. Of the many small objects that a run makes and
 * drops V8 would keep up to 128 MiB: beyond 32 MiB their space grows no more. (The limit itself can only be set when a
 * process starts, the factor of growth at any time.) Large texts and buffers it would leave until there are some
 * 150 MiB of them: those are collected when they have grown by 16 MiB.
 *
 * @returns ends it, for a process that then waits for long: it looks fifty times a second
 */
export function limitHeapGrowth(): () => void {
  let isYoungBounded = false;
  let largeBytes = largeBytesOf(getHeapSpaceStatistics());
  const timer = setInterval(() => {
    const spaces = getHeapSpaceStatistics();
    const young = spaces.find(({ space_name }) => space_name === 'new_space');
    if (!isYoungBounded && young !== undefined && young.space_size >= ENOUGH_BYTES) {
      setFlagsFromString('--semi-space-growth-factor=1');
      isYoungBounded = true;
    }
    const bytes = largeBytesOf(spaces);
    largeBytes = Math.min(largeBytes, bytes);
    if (bytes < largeBytes + LARGE_GROWTH_BYTES) return;
    collectGarbage();
    largeBytes = largeBytesOf(getHeapSpaceStatistics());
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Bytes of what is too large for the pages of other objects, and of buffers. */
function largeBytesOf(spaces: readonly HeapSpaceInfo[]): number {
  let bytes = getHeapStatistics().external_memory;
  for (const { space_name, space_used_size } of spaces) {
    if (space_name.endsWith('large_object_space')) bytes += space_used_size;
  }
  return bytes;
}

/** The only way to V8's collector without a flag of the command that starts Node; the inspector's collects less. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
