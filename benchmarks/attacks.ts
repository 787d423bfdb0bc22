import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where attacks are tried; each area writes its counts of tried and held into benchmarks/results/attacks.json. */
const SHORT = ['test/attacks', 'test/linear-time', 'src/runtime/runs'];
const LONG = [
  'test/faults/random-signals.test.ts',
  'test/faults/small-disks.test.ts',
  'test/faults/file-operations.test.ts',
  'test/faults/linear-time.test.ts',
];

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const env = { ...process.env, WRITE_ATTACKS: '1' };
const suites = [
  [...SHORT, '--no-file-parallelism'],
  [...LONG, '--config', 'vitest.faults.config.ts'],
];
for (const words of suites) {
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...words], {
    stdio: 'inherit',
    env,
  });
  if (status !== 0) process.exitCode = 1;
}
