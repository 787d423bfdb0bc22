// Run as a process of its own: tries to take the lock at argv[2], prints `held` or the error's code,
// and keeps the lock until its input ends.
import { systemClock } from '../../src/core/system-clock.ts';
import { RunLock } from '../../src/store/index.ts';

try {
  const lock = await RunLock.acquire(process.argv[2]!, {
    clock: systemClock,
    random: Math.random,
  });
  process.stdout.write('held\n');
  process.stdin.on('end', () => lock.release());
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code}\n`);
}
