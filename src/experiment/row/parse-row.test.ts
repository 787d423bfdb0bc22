import { describe, expect, it } from 'vitest';
import type { ExperimentRow } from './experiment-row.ts';
import { findSuspicions, isProblem, parseRow } from './parse-row.ts';

function row(value: unknown): ExperimentRow {
  const result = parseRow(JSON.stringify(value), 1);
  if (isProblem(result)) throw new Error(result.message);
  return result;
}

function problem(text: string) {
  const result = parseRow(text, 7);
  if (!isProblem(result)) throw new Error('no problem was found');
  return result;
}

describe('a row', () => {
  it('has one user turn for a prompt that is a text', () => {
    const { turns } = row({ prompt: 'Hi', model: 'openai/m' });
    expect(turns).toEqual([[{ role: 'user', content: 'Hi' }]]);
  });

  it('has a turn for each text of a list', () => {
    const { turns } = row({ prompt: ['One', 'Two'], model: 'openai/m' });
    expect(turns).toEqual([[{ role: 'user', content: 'One' }], [{ role: 'user', content: 'Two' }]]);
  });

  it('has system messages in the first of its turns', () => {
    const system = { role: 'system', content: 'Be brief.' };
    const { turns } = row({ prompt: [system, 'One', 'Two'], model: 'openai/m' });
    const [one, two] = ['One', 'Two'].map((content) => ({ role: 'user', content }));
    expect(turns).toEqual([[system, one], [two]]);
    const mixed = { prompt: [{ role: 'user', content: 'a' }, 'b'], model: 'openai/m' };
    expect(problem(JSON.stringify(mixed)).message).toContain('neither a message nor a text');
  });

  it('has no group where that is empty', () => {
    expect(row({ prompt: 'a', model: 'openai/m', group: '' }).selector.group).toBeNull();
  });

  it.each([
    ['{"role":"developer","content":"","name":"ann"}'],
    ['{"role":"user","parts":["Hello",{"type":"text","media":"there"}]}'],
    ['{"role":"model","parts":"Hi "}'],
    ['{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}'],
    ['{"content":null,"role":"assistant","tool_calls":[{"id":"1"}],"weight":1.0}'],
    ['{"role":"assistant","tool_calls":[{"id":"1"}]}'],
    ['{"role":"tool","tool_call_id":"1","content":"4"}'],
    ['{"role":"latest_reminder","content":"of an API of its own"}'],
  ])('has the message %s as it is written', (message) => {
    const parsed = parseRow(`{"model":"openai/m","prompt":[${message}]}`, 7);
    if (isProblem(parsed)) throw new Error(parsed.message);
    expect(JSON.stringify(parsed.turns)).toBe(`[[${message}]]`);
  });

  it('names its model by a reference or by an API and a model name', () => {
    expect(row({ prompt: 'a', model: 'openai/m', group: 'g' }).selector).toEqual({
      reference: 'openai/m',
      api: null,
      modelName: null,
      group: 'g',
    });
    expect(row({ prompt: 'a', api: 'openai', model_name: 'm', model: 'old' }).selector).toEqual({
      reference: null,
      api: 'openai',
      modelName: 'm',
      group: null,
    });
  });

  it('is a chat where prompto sees no mode: in a list, of a row that names its API', () => {
    const pair = { api: 'openai', model_name: 'm', mode: 'completion' };
    const modes = ['a', ['a', 'b'], ['a'], [{ role: 'user', content: 'a' }]].map(
      (prompt) => row({ ...pair, prompt }).mode,
    );
    expect(modes).toEqual(['completion', 'chat', 'chat', 'chat']);
    expect(row({ prompt: ['a'], model: 'openai/m', mode: 'completion' }).mode).toBe('completion');
    const [warning] = findSuspicions(JSON.stringify({ ...pair, prompt: ['a', 'b'] }), 3);
    expect(warning).toMatchObject({ message: expect.stringContaining('is asked as a chat') });
  });

  it('may name an API alone: which of them do without a model name, the models know', () => {
    for (const model_name of [undefined, null]) {
      expect(row({ prompt: 'a', api: 'quart', model_name }).selector).toEqual({
        reference: null,
        api: 'quart',
        modelName: null,
        group: null,
      });
    }
  });

  it('takes the number of completions from its parameters', () => {
    const { samples, parameters } = row({
      prompt: 'a',
      model: 'openai/m',
      parameters: { n: 3, temperature: 0 },
    });
    expect(samples).toBe(3);
    expect(parameters).toEqual({ temperature: 0 });
  });

  it('keeps integers that a double cannot hold', () => {
    const text = '{"prompt":"a","model":"openai/m","parameters":{"seed":12345678901234567890}}';
    const result = parseRow(text, 1);
    expect(JSON.stringify((result as ExperimentRow).parameters)).toBe(
      '{"seed":12345678901234567890}',
    );
  });

  it('takes a number as its id', () => {
    expect(row({ id: 9, prompt: 'a', model: 'openai/m' }).id).toBe('9');
    expect(row({ id: null, prompt: 'a', model: 'openai/m' }).id).toBeNull();
  });

  it('does not trip over keys that mean something to JavaScript', () => {
    const text =
      '{"prompt":"a","model":"openai/m","__proto__":{"x":1},"parameters":{"constructor":1}}';
    expect(isProblem(parseRow(text, 1))).toBe(false);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('what is wrong with a line', () => {
  it.each([
    ['{"prompt": "a", "model": }', 'not JSON', 26],
    ['{"prompt": "a"', 'not JSON', null],
    ['[1]', 'not a JSON object', null],
    ['{"model": "openai/m"}', 'no "prompt"', null],
    ['{"promt": "a", "model": "openai/m"}', 'no "prompt" but "promt"', 2],
    ['{"prompt": "a"}', 'no "model"', null],
    ['{"prompt": "a", "modle": "openai/m"}', 'no "model" but "modle"', 17],
    ['{"prompt": "a", "model_name": "m"}', 'no "api"', null],
    ['{"prompt": [], "model": "openai/m"}', 'empty list', 2],
    ['{"prompt": 5, "model": "openai/m"}', 'must be a text', 2],
    ['{"prompt": ["a", 5], "model": "openai/m"}', 'neither a message', 2],
    ['{"prompt": [{"role": "usr", "content": "a"}], "model": "m"}', 'unknown role "usr"', 2],
    ['{"prompt": [{"role": "user"}], "model": "m"}', 'no "content"', 2],
    ['{"prompt": "a", "model": "m", "parameters": 1}', 'must be an object', 31],
    ['{"prompt": "a", "model": "m", "parameters": {"n": 0}}', '"n" must be', 46],
    ['{"prompt": "a", "model": "m", "mode": "chatt"}', '"mode" is "chatt"', 31],
    ['{"prompt": "a", "model": "m", "safety_filter": "all"}', '"safety_filter"', 31],
    ['{"prompt": "a", "model": "m", "id": {}}', '"id" must be', 31],
    ['{"topic": "prompt", "prompt": 5, "model": "m"}', 'must be a text', 21],
    ['{"a": {"prompt": 1}, "prompt": 5, "model": "m"}', 'must be a text', 22],
    [
      '{"n": 1, "model": "m", "prompt": "a", "parameters": {"x": {"n": 2}, "n": 0}}',
      '"n" must',
      69,
    ],
    ['{"prompt": "a", "model": "m", "parameters": 12345678901234567890}', 'must be an object', 31],
    ['{"prompt": "a", "model": "openai/m", "api": "openai"}', '"api" but no "model_name"', 38],
  ])('is told for %s', (text, message, column) => {
    const found = problem(text);
    expect(found.message).toContain(message);
    expect(found.line).toBe(7);
    if (column !== null) expect(found.column).toBe(column);
  });

  it('names the nearest right word', () => {
    expect(problem('{"promt": "a", "model": "m"}').hint).toContain('"prompt"');
    expect(problem('{"prompt": "a", "model": "m", "mode": "chatt"}').hint).toContain('"chat"');
  });

  it('says so when it looks like a line of a batch API', () => {
    const found = problem('{"custom_id": "1", "method": "POST", "url": "/v1/x", "body": {}}');
    expect(found.hint).toContain('batch');
  });

  it('says what to do about a row with a model and half of the other form', () => {
    expect(problem('{"prompt": "a", "model": "m", "api": "openai"}').hint).toContain('"api"');
  });

  it('has a column also where the key is written with escapes', () => {
    expect(problem('{"\\u0070rompt": 5, "model": "m"}').column).toBe(2);
    const [warning] = findSuspicions('{"p\\u0061ramaters":{}}', 3);
    expect(warning!.column).toBe(2);
  });

  it('shows the space around a key that is all that is wrong with it', () => {
    const { message } = problem('{"id":1," prompt":"a","model":"m"}');
    expect(message).toBe('the row has no "prompt" but " prompt"');
  });

  it('includes keys that only look like known ones, as warnings', () => {
    const [warning, ...others] = findSuspicions('{"prompt":"a","paramaters":{},"topic":1}', 3);
    expect(warning).toMatchObject({ severity: 'warning', line: 3, column: 15 });
    expect(warning!.hint).toContain('"parameters"');
    expect(others).toEqual([]);
  });

  it.each(['name', 'note', 'role', 'date', 'tone'])(
    'includes no short word that is one of its own: %s',
    (key) => {
      expect(findSuspicions(JSON.stringify({ prompt: 'a', [key]: 1 }), 3)).toEqual([]);
    },
  );

  it('includes parameters that stand outside of "parameters", as warnings', () => {
    const text = '{"prompt":"a","model":"m","temperature":0,"parameters":{"seed":1}}';
    const [warning, ...others] = findSuspicions(text, 3);
    expect(warning).toMatchObject({ severity: 'warning', column: 27 });
    expect(warning!.message).toContain('"temperature" beside "parameters"');
    expect(others).toEqual([]);
  });
});
