import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow } from '../../../test/support/run-results.ts';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { prepareTry } from './prepare-try.ts';

test('the rehearsal starts whatever the settings are, asks only what is simulated and finds no key', async () => {
  const engine = sampleEngine('this is: [not settings', { OPENAI_API_KEY: 'sk-0123456789' });
  engine.write('tutti.yaml', 'neither is this');
  engine.write('.env', 'OPENAI_API_KEY=sk-other\n');
  const out = join(engine.folder, 'tries');
  const run = await prepareTry(engine.context, { out });
  expect(run.simulated).toBe(true);
  expect(run.folder.startsWith(join(out, 'quickstart'))).toBe(true);
  expect([...run.limits.keys()].every((name) => name.startsWith('sim/'))).toBe(true);
  expect(run.limits.get('sim/careful')).toMatchObject({ requestsPerMinute: 480 });
  const stop = AbortSignal.abort(new Error('only a look'));
  const outcome = await run.execute({ drain: stop, signal: stop, onStart: () => {} });
  expect(outcome.state).toBe('interrupted');
  expect(outcome.models.length).toBeGreaterThanOrEqual(4);
  expect(filesBelow(run.folder).some((path) => path.endsWith('lock'))).toBe(false);
  const again = await prepareTry(engine.context, { out });
  expect(again.folder).not.toBe(run.folder);
});
