import { expect, it } from 'vitest';
import { firstPassOf } from '../../test/support/fake-lanes.ts';
import { PromptoRows } from './prompto-rows.ts';
import type { ExperimentRow } from './row/experiment-row.ts';
import { isProblem, parseRow } from './row/parse-row.ts';

const PAIR = { api: 'ollama', model_name: 'm', prompt: 'a' };

function row(value: object): ExperimentRow {
  const parsed = parseRow(JSON.stringify(value), 1);
  if (isProblem(parsed)) throw new Error(parsed.message);
  return parsed;
}

it("counts the rows that prompto would send otherwise, and says that results are not prompto's", () => {
  const rows = new PromptoRows();
  const target = {
    unlikePrompto: ({ promptForm }: Pick<ExperimentRow, 'promptForm'>) =>
      promptForm === 'text' ? ['are texts'] : [],
  };
  for (const prompt of ['a', 'b', ['c']]) rows.take(row({ ...PAIR, prompt }), target);
  rows.take(row({ ...PAIR, parameters: { logprobs: 'True', stop: null } }), {});
  rows.take(row({ ...PAIR, parameters: { logprobs: true, stop: 'true', n: 1 } }), {});
  expect(rows.findings(true)).toEqual([
    { kind: 'unlike_prompto', rows: 2, says: 'are texts' },
    { kind: 'unlike_prompto', rows: 1, says: expect.stringContaining('True, False, None') },
    { kind: 'prompto_rows', fromTable: true },
  ]);
});

it('says nothing where no row names an API', async () => {
  const rows = new PromptoRows();
  rows.take(row({ model: 'ollama/m', prompt: 'a' }), { unlikePrompto: () => ['are other'] });
  expect(rows.findings(false)).toEqual([]);
  const pass = await firstPassOf('{"prompt":"a","model":"a/1"}');
  expect(pass.promptoFindings).toEqual([]);
});

it('tells a table from lines', async () => {
  const lines = await firstPassOf('{"prompt":"a","api":"a","model_name":"1"}');
  const table = await firstPassOf('prompt,api,model_name\na,a,1\n');
  expect([lines.promptoFindings, table.promptoFindings]).toEqual([
    [{ kind: 'prompto_rows', fromTable: false }],
    [{ kind: 'prompto_rows', fromTable: true }],
  ]);
});
