import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { sampleReadyRun } from '../../../test/support/sample-run.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { openPipelineFolder } from '../../experiment/pipeline/index.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import type { RunRequest } from '../runs/run-input.ts';
import { NextRun } from './next-run.ts';

/** A pipeline folder with one settled file, and what prepares its run. */
async function bench(prepare: (request: RunRequest, run: string) => void) {
  const folder = temporaryFolder();
  const pipeline = await openPipelineFolder(folder);
  const path = join(pipeline.input, 'e.jsonl');
  writeFileSync(path, 'first\n');
  const clock = new FakeClock();
  const refused: string[] = [];
  const requests: RunRequest[] = [];
  const next = new NextRun({
    pipeline,
    request: { attempts: 3 },
    settleMs: 2_000,
    clock,
    unfinished: [],
    prepare: async (request): Promise<ReadyRun> => {
      requests.push(request);
      const run = join(pipeline.output, 'e', `2026-01-01T00-00-0${requests.length}Z`);
      mkdirSync(run, { recursive: true });
      for (const name of ['run.json', 'input.jsonl']) writeFileSync(join(run, name), '');
      prepare(request, path);
      return sampleReadyRun({ folder: run });
    },
    onLeft: () => {},
    onRefused: (_, { message }) => refused.push(message),
  });
  await next.look();
  clock.pass(2_000);
  return { next, clock, path, pipeline, requests, refused };
}

it('moves a file into its run once that holds its copy', async () => {
  const { next, pipeline, requests } = await bench(() => {});
  const run = await next.take();
  expect(readdirSync(run!.folder).sort()).toEqual(['input-e.jsonl', 'input.jsonl', 'run.json']);
  expect([readdirSync(pipeline.input), next.isEmpty]).toEqual([[], true]);
  expect(requests).toMatchObject([{ attempts: 3, fresh: true, out: pipeline.output }]);
});

it('waits again for a file that has changed while it was read, and keeps nothing of it', async () => {
  let count = 0;
  const { next, clock, pipeline } = await bench((_, path) => {
    if (++count === 1) appendFileSync(path, 'more\n');
  });
  expect(await next.take()).toBeUndefined();
  expect([readdirSync(pipeline.input), next.isEmpty]).toEqual([['e.jsonl'], false]);
  expect(readdirSync(join(pipeline.output, 'e'))).toEqual([]);
  clock.pass(2_000);
  await next.look();
  expect(await next.take()).toBeDefined();
});

it('refuses no file that is still being written', async () => {
  let count = 0;
  const { next, clock, refused, pipeline } = await bench((_, path) => {
    if (++count === 1) appendFileSync(path, 'more\n');
    throw new TuttiError('bad_input', `it is bad ${count}`);
  });
  expect(await next.take()).toBeUndefined();
  expect(refused).toEqual([]);
  clock.pass(2_000);
  await next.look();
  expect(await next.take()).toBeUndefined();
  expect(refused).toEqual(['it is bad 2']);
  expect(readdirSync(pipeline.failed).sort()).toEqual(['e.jsonl', 'e.jsonl.error.txt']);
});

it('leaves every file where it is when the machine is at fault', async () => {
  const { next, pipeline } = await bench(() => {
    throw new TuttiError('disk_full', 'no space is left');
  });
  await expect(next.take()).rejects.toMatchObject({ code: 'disk_full' });
  expect(readdirSync(pipeline.input)).toEqual(['e.jsonl']);
});
