import { describe, expect, it } from 'vitest';
import { type RowFilling, rowFiller } from './fill-row.ts';

function fill(row: object | string, filling: RowFilling): unknown {
  const text = typeof row === 'string' ? row : JSON.stringify(row);
  return rowFiller(filling)(text)?.map((one) => JSON.parse(one)) ?? 'as it is';
}

const MODELS = { models: ['a/1', 'b/2'] };

describe('a row without a model', () => {
  it('becomes a row for each model, its own bytes kept', () => {
    const text = '{ "id":1.0, "prompt":"x"  } ';
    expect(rowFiller(MODELS)(text)).toEqual([
      '{ "id":1.0, "prompt":"x","model":"a/1"}',
      '{ "id":1.0, "prompt":"x","model":"b/2"}',
    ]);
    expect(rowFiller(MODELS)('{ }')).toEqual(['{"model":"a/1"}', '{"model":"b/2"}']);
  });

  it('may have said so with null, as tables do', () => {
    expect(fill({ model: null, prompt: 'x', api: null }, MODELS)).toEqual([
      { model: 'a/1', prompt: 'x', api: null },
      { model: 'b/2', prompt: 'x', api: null },
    ]);
  });

  it('stays as it is where no model is given', () => {
    expect(fill({ prompt: 'x' }, {})).toBe('as it is');
  });
});

describe('a row with a model', () => {
  it('keeps it, unless it is to be replaced', () => {
    const rows = [
      { prompt: 'x', model: 'c/3' },
      { prompt: 'x', api: 'c', model_name: '3', group: 'g' },
      { prompt: 'x', api: 'c' },
      { prompt: 'x', model_name: '3' },
    ];
    for (const row of rows) expect(fill(row, MODELS)).toBe('as it is');
    const override = { ...MODELS, overrideModel: true };
    expect(fill(rows[0]!, override)).toEqual([
      { prompt: 'x', model: 'a/1' },
      { prompt: 'x', model: 'b/2' },
    ]);
    expect(fill(rows[1]!, override)).toEqual([
      { prompt: 'x', group: 'g', model: 'a/1' },
      { prompt: 'x', group: 'g', model: 'b/2' },
    ]);
  });

  it('of several names becomes a row for each, whatever is given', () => {
    const pair = { prompt: 'x', api: 'c', model_name: ['3', '4'] };
    const expected = [
      { prompt: 'x', api: 'c', model_name: '3' },
      { prompt: 'x', api: 'c', model_name: '4' },
    ];
    expect(fill(pair, {})).toEqual(expected);
    expect(fill(pair, MODELS)).toEqual(expected);
    expect(rowFiller({})('{"model" : ["c/3"],"seed":12345678901234567890}')).toEqual([
      '{"model":"c/3","seed":12345678901234567890}',
    ]);
  });

  it('stays as it is where its list is a mistake', () => {
    for (const names of [[], ['a', ''], ['a', 5], ['a', 'a'], [['a']]]) {
      expect(fill({ prompt: 'x', api: 'c', model_name: names }, {})).toBe('as it is');
    }
  });
});

describe('parameters', () => {
  it('are filled name by name, with their digits', () => {
    const filling = { parameters: { top_p: JSON.rawJSON('1.0') as never, seed: 7 }, samples: 3 };
    const filler = rowFiller(filling);
    expect(filler('{"prompt":"x"}')).toEqual([
      '{"prompt":"x","parameters":{"n":3,"top_p":1.0,"seed":7}}',
    ]);
    expect(filler('{"parameters":{"seed":1e400,"n":null},"prompt":"x"}')).toEqual([
      '{"parameters":{"seed":1e400,"n":null,"top_p":1.0},"prompt":"x"}',
    ]);
    expect(filler('{"parameters":{"n":1,"seed":1,"top_p":0}}')).toBeNull();
    expect(filler('{"parameters":null}')).toEqual(['{"parameters":{"n":3,"top_p":1.0,"seed":7}}']);
    expect(filler('{"parameters":[1]}')).toBeNull();
  });

  it('may have any name', () => {
    const parameters = JSON.parse('{"__proto__":1}');
    expect(rowFiller({ parameters })('{"__proto__":2,"parameters":{"a":1}}')).toEqual([
      '{"__proto__":2,"parameters":{"a":1,"__proto__":1}}',
    ]);
  });
});

describe('a system message', () => {
  const system = { role: 'system', content: 'Be brief.' };
  const user = { role: 'user', content: 'x' };
  const promptOf = (row: object) => {
    const filled = fill(row, { system: 'Be brief.' });
    return Array.isArray(filled) ? filled[0].prompt : filled;
  };

  it('comes in front of a text, of turns and of messages', () => {
    expect(promptOf({ prompt: 'x' })).toEqual([system, user]);
    expect(promptOf({ prompt: ['x', 'y'] })).toEqual([system, 'x', 'y']);
    expect(promptOf({ prompt: [user] })).toEqual([system, user]);
  });

  it('is left out where there is one', () => {
    expect(promptOf({ prompt: [{ role: 'system', content: 'Rhyme.' }, user] })).toBe('as it is');
    expect(promptOf({ prompt: [{ role: 'developer', content: 'Rhyme.' }] })).toBe('as it is');
    expect(promptOf({ prompt: 'x', parameters: { system: 'Rhyme.' } })).toBe('as it is');
    expect(promptOf({ prompt: 5 })).toBe('as it is');
  });
});

it('leaves alone what is no row', () => {
  for (const text of ['', 'x', '[]', '5', '{"a":']) expect(fill(text, MODELS)).toBe('as it is');
});
