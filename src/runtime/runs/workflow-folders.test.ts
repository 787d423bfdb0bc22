import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeModel } from '../../../test/support/fake-model.ts';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { systemClock } from '../../core/system-clock.ts';
import { textOf, type Workflow } from '../../core/workflow.ts';
import { bindActions } from '../open-engine.ts';

const echo: Workflow<{ topic: string }, string> = async ({ topic }, { ask }) =>
  textOf(
    await ask('a', new FakeModel(systemClock), { messages: [{ role: 'user', content: topic }] }),
  );

/** An engine, and the folder of a workflow's run that has ended. */
async function finishedWorkflow() {
  const { folder, context } = sampleEngine();
  const engine = bindActions(context);
  const path = join(folder, 'made');
  for await (const { status } of engine.runWorkflow([{ topic: 'a' }], echo, { folder: path })) {
    expect(status).toBe('ok');
  }
  const read = (name: string) => readFileSync(join(path, name), 'utf8');
  return { engine, folder, path, read };
}

const refusal = { code: 'bad_usage', message: expect.stringContaining('folder of a workflow') };

describe('the folder of a workflow', () => {
  it.each([true, false])(
    'is no experiment of a command, which changes nothing (marked: %s)',
    async (marked) => {
      const { engine, path, read } = await finishedWorkflow();
      const { made_by, ...state } = JSON.parse(read('run.json')) as { made_by: string };
      expect(made_by).toBe('workflow');
      if (!marked) writeFileSync(join(path, 'run.json'), JSON.stringify(state));
      const before = read('completed.jsonl');
      await expect(engine.prepareRun({ file: path })).rejects.toMatchObject(refusal);
      await expect(engine.prepareRun({ file: path, onlyFailed: true })).rejects.toMatchObject(
        refusal,
      );
      await expect(engine.prepareFinish({ folder: path })).rejects.toMatchObject(refusal);
      expect(read('completed.jsonl')).toBe(before);
    },
  );

  it('is not that of a command, even of the same rows', async () => {
    const { engine, folder } = await finishedWorkflow();
    const file = join(folder, 'rows.jsonl');
    writeFileSync(file, '{"prompt":"a","model":"sim/quick"}\n');
    const prepared = await engine.prepareRun({ file });
    if (!('finished' in prepared)) await prepared.execute();
    const rows = [{ prompt: 'a', model: 'sim/quick' }];
    const run = engine.runWorkflow(rows, async () => 'x', { folder: prepared.folder });
    await expect(run[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'bad_usage',
      message: expect.stringContaining('holds the run of a command'),
    });
  });
});
