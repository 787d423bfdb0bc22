import { expect, test } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { checkExperiments } from './check-experiments.ts';

test('lists lines, models and suspicions of every file in the order of lines', async () => {
  const engine = sampleEngine();
  const bad = engine.write('bad.jsonl', [
    { prompt: 'a', model: 'nobody/x' },
    { prompt: 1, model: 'sim/quick' },
    { prompt: 'a', model: 'anthropic/c' },
    { prompt: 'a', model: 'sim/quick', paramaters: {} },
  ]);
  const good = engine.write('good.jsonl', [{ prompt: 'a', model: 'sim/quick' }]);
  const empty = engine.write('empty.jsonl', '');
  const checked = await checkExperiments([bad, good, empty], engine.context);
  expect(checked.map(({ file, rows, total }) => [file, rows, total])).toEqual([
    [bad, 1, 4],
    [good, 1, 0],
    [empty, 0, 1],
  ]);
  expect(checked[0]!.problems.map(({ line, severity }) => `${line} ${severity}`)).toEqual([
    '1 error',
    '2 error',
    '3 error',
    '4 warning',
  ]);
  expect(checked[0]!.problems[2]!.message).toMatch(/ANTHROPIC_API_KEY\S*$/);
});
