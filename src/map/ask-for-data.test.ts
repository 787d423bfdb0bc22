import { expect, it } from 'vitest';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Answer } from '../core/answer.ts';
import type { SimpleModel } from '../core/model.ts';
import { compileTemplate } from '../templates/index.ts';
import { askRow } from './ask-row.ts';
import { outputForm } from './data/index.ts';
import type { DataOutput, MapPlan } from './map-plan.ts';
import { yieldOf } from './row-yield.ts';

const MODEL = { reference: 'fake/m', severalChoices: false } as SimpleModel;

async function dataOutput(maxObjects = 1_000): Promise<DataOutput> {
  const form = await outputForm({ columns: 'q', maxObjects });
  if ('problems' in form) throw new Error(form.problems.join());
  return { kind: 'data', form, schema: { name: form.name, schema: form.schema }, reasks: 2 };
}

it('a row of which one answer failed is not asked again for the others', async () => {
  const plan: MapPlan = {
    ...{ name: 'rows', system: null, emptyColumns: [], parameters: {}, samples: 2 },
    prompt: await compileTemplate('${text}', 'dollar'),
    chunks: { chunkChars: 100, overlapChars: 10 },
    output: await dataOutput(),
    overflow: 'error',
  };
  const asked: string[] = [];
  const ask = async (name: string): Promise<Answer> => {
    asked.push(name);
    return name === 'rows'
      ? someAnswer({ name }, { texts: ['nothing'] })
      : failedAnswer({ name }, { code: 'bad_request' });
  };
  const { signal } = new AbortController();
  const context = { ask, signal, progress: () => {}, note: () => {} };
  const told = askRow(plan, MODEL, { text: 'x' }, context);
  await expect(told).rejects.toMatchObject({ code: 'bad_request' });
  expect(asked).toEqual(['rows', 'rows/sample/2']);
});

it('what is not right when it is read again is told, and not left out in silence', async () => {
  const answer = someAnswer({}, { texts: ['{"rows":[{"q":"a"},{"q":"b"}]}'] });
  const end = { result: null, answer, wallMs: 0 };
  const kept = yieldOf(end, { output: await dataOutput(), overflow: 'error' });
  expect(kept).toMatchObject({ state: 'answered', rows: [{ q: 'a' }, { q: 'b' }] });
  const wrong = yieldOf(end, { output: await dataOutput(1), overflow: 'error' });
  expect(wrong).toMatchObject({ state: 'failed', isInvalid: true, rows: [] });
});
