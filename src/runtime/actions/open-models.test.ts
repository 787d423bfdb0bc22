import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FakeModel } from '../../../test/support/fake-model.ts';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { systemClock } from '../../core/system-clock.ts';
import { textOf, type Workflow } from '../../core/workflow.ts';
import { bindActions } from '../open-engine.ts';

it('has at most 64 calls in flight of a model that the engine did not open', async () => {
  const model = new FakeModel(systemClock, () => ({ latencyMs: 5 }));
  const ask: Workflow<number, string> = async (row, context) =>
    textOf(
      await context.ask('a', model, { messages: [{ role: 'user', content: `question ${row}` }] }),
    );
  const rows = Array.from({ length: 200 }, (_, row) => row);
  const run = bindActions(sampleEngine().context).runWorkflow(rows, ask);
  for await (const { status } of run) expect(status).toBe('ok');
  expect(model.mostInFlight).toBe(64);
});

it('opens a consortium whose parts have the limits of the settings', async () => {
  const { folder, context } = sampleEngine('run: {concurrency: 3}\n');
  mkdirSync(join(folder, 'home', 'consortiums'));
  const text = 'members: [sim/quick:2]\narbiter: sim/careful\n';
  writeFileSync(join(folder, 'home', 'consortiums', 'team.yaml'), text);
  const [team, quick] = await bindActions(context).openModels(['team', 'sim/quick']);
  const parts = 'models' in team ? team.models : [];
  expect(parts.map(({ reference }) => reference)).toEqual(['sim/quick', 'sim/careful']);
  expect(parts[0]).toBe(quick);
  for (const part of parts) {
    expect(context.lanes.get(part)?.limiters[0]?.limits).toMatchObject({ concurrency: 3 });
  }
});
