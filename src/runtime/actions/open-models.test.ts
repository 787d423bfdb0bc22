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
