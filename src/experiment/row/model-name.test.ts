import { expect, it } from 'vitest';
import { modelOfRow } from './model-name.ts';

it.each([
  [{ model: 'openai/gpt-5' }, 'openai/gpt-5'],
  [{ api: 'openai', model_name: 'gpt-5' }, 'openai/gpt-5'],
  [{ api: 'openai', model_name: 'gpt-5', model: 'carried/along' }, 'openai/gpt-5'],
  [{ api: 'openai', model: 'gpt-5' }, 'gpt-5'],
  [{ api: 'quart' }, 'quart'],
  [{ model_name: 'gpt-5' }, 'gpt-5'],
  [{ api: '', model_name: '', model: '' }, null],
  [{ model: ['a', 'b'] }, null],
  [{ api: 'openai', model_name: null, model: 3 }, 'openai'],
  [{}, null],
])('tells the model that %j names', (row, model) => {
  expect(modelOfRow(row)).toBe(model);
});
