import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerLinesOf, onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const STRACE = '/usr/bin/strace';
const CAN_TRACE = existsSync(STRACE) && spawnSync(STRACE, ['-o', '/dev/null', 'true']).status === 0;
const ROWS = 300;
/** strace counts for each thread of its own. The first `fdatasync` is the input's, the next the journal's. */
const ONE_THREAD = { UV_THREADPOOL_SIZE: '1' };

test.skipIf(!CAN_TRACE).each(['ENOSPC', 'EIO'])(
  'a sync that fails with %s stops the run; what was saved is there and the run goes on later',
  async (error) => {
    const folder = temporaryFolder();
    const sim = await startedSim({ latency: { kind: 'fixed', ms: 50 } });
    const rows = Array.from({ length: ROWS }, (_, row) => ({
      model: referenceOf(sim),
      prompt: `question ${row}`,
    }));
    const file = writeExperiment(folder, 'e.jsonl', rows);
    const words = ['run', file, '-o', join(folder, 'o'), '--concurrency', '4'];
    const under = [
      ...[STRACE, '-f', '-o', '/dev/null', '-e', 'trace=fdatasync'],
      ...['-e', `inject=fdatasync:error=${error}:when=2+`],
    ];
    const { code, stderr } = await tutti(words, { cwd: folder, under, env: ONE_THREAD });
    expect(code, stderr).toBe(2);
    expect(stderr).toContain('safe');
    expect(stderr).not.toContain('defect');
    const run = onlyRunOf(join(folder, 'o'), 'e');
    const saved = answerLinesOf(run).length;
    expect(sim.counts.requests).toBeLessThanOrEqual(saved + 8);
    expect(sim.counts.requests).toBeLessThan(ROWS);
    const again = await tutti(words, { cwd: folder });
    expect(again.code, again.stderr).toBe(0);
    expect(recordsOf(run).map(({ response }) => response)).toEqual(
      rows.map(({ prompt }) => `echo: ${prompt}`),
    );
    expect(sim.counts.requests).toBeLessThanOrEqual(ROWS + 8);
  },
);
