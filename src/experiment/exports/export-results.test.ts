import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { ExportOptions } from './export-format.ts';
import { exportResults } from './export-results.ts';
import { resultRow } from './result-row.ts';

/** Writes lines anew and gives the text. */
async function exported(
  lines: readonly (object | string)[],
  options: ExportOptions = { format: 'csv' },
): Promise<string> {
  const folder = temporaryFolder();
  const [input, output] = [join(folder, 'results.jsonl'), join(folder, 'results.new')];
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(input, texts.map((text) => `${text}\n`).join(''));
  await exportResults({ input, output, ...options });
  return readFileSync(output, 'utf8');
}

const ANSWER = {
  status: 'ok',
  model: 'm-1',
  finish_reason: 'stop',
  usage: { input: 3, cached: 0, output: 5, reasoning: 0 },
  cost_usd: 0.25,
  latency_ms: 12,
  request_id: 'r-1',
  started_at: '2026-11-26T10:00:00.000Z',
};

describe('results as CSV', () => {
  it('have the columns of the input, its parameters, the response and the answer', async () => {
    const error = { code: 'rate_limited', message: 'slow "down"' };
    expect(
      await exported([
        {
          id: 1,
          prompt: 'a,b',
          model: 'x/y',
          parameters: { seed: 2 },
          response: 'c\nd',
          answer: ANSWER,
        },
        {
          id: 2,
          prompt: ['a'],
          extra: { k: [1] },
          response: null,
          answer: { status: 'error', error },
        },
      ]),
    ).toBe(
      'id,prompt,model,extra,parameters-seed,response,answer-status,answer-error,answer-model,' +
        'answer-finish_reason,answer-input_tokens,answer-output_tokens,answer-cost_usd,answer-latency_ms\n' +
        '1,"a,b",x/y,,2,"c\nd",ok,,m-1,stop,3,5,0.25,12\n' +
        '2,"[""a""]",,"{""k"":[1]}",,,error,"rate_limited: slow ""down""",,,,,,\n',
    );
  });

  it("tell prompto's errors from its answers", async () => {
    const failed =
      'An unexpected error occurred when querying the API: (E - m) after maximum 5 attempts';
    const older = 'An unexpected error occurred when querying the API: NotFoundError - Error 404';
    const text = await exported([
      { prompt: 'a', response: 'KeyError - why' },
      { prompt: 'a', response: failed },
      { prompt: 'a', response: older },
      { prompt: 'a', response: 'The KeyError - as it is' },
    ]);
    const cells = text.split('\n').map((line) => line.split(',').slice(0, 4));
    expect(cells.slice(1, 5)).toEqual([
      ['a', '', 'error', 'internal: KeyError - why'],
      ['a', '', 'error', `internal: ${failed}`],
      ['a', '', 'error', `internal: ${older}`],
      ['a', 'The KeyError - as it is', 'ok', ''],
    ]);
  });

  it('name an answer that prompto has lost', async () => {
    await expect(exported(['{"prompt":"a"}', 'null'])).rejects.toThrow(
      'results.jsonl:2: the line is null, as prompto writes an answer that it has lost: take it out',
    );
  });

  it('are exact, or safe for a spreadsheet', async () => {
    const rows = ['=1+1', '-5', '+x', '@a', '\tb', 'c=d'].map((prompt) => ({ prompt }));
    expect(await exported(rows)).toBe('prompt\n=1+1\n-5\n+x\n@a\n\tb\nc=d\n');
    expect(await exported(rows, { format: 'csv', excelSafe: true })).toBe(
      "prompt\n'=1+1\n-5\n'+x\n'@a\n'\tb\nc=d\n",
    );
  });

  it('have what was added to the answers last', async () => {
    const rows = [
      { prompt: 'p', response: 'r', answer: { status: 'ok' }, match: true },
      { prompt: 'q', x: 1, response: 'r', answer: { status: 'ok' }, match: null, bleu: 0.5 },
    ];
    const [header, ...lines] = (await exported(rows)).split('\n');
    expect(header).toMatch(/^prompt,x,response,answer-status,.*answer-latency_ms,match,bleu$/);
    expect(lines[0]).toMatch(/^p,,r,ok,.*,true,$/);
    expect(lines[1]).toMatch(/^q,1,r,ok,.*,,0\.5$/);
  });

  it('have columns in the order of the keys, though the first is null', async () => {
    const rows = ['{"a":null,"prompt":"p","n":null}', '{"prompt":"q","a":1,"n":null}'];
    expect(await exported(rows)).toBe('a,prompt\n,p\n1,q\n');
  });

  it('keep keys apart that are called as what every object has, or as a parameter', async () => {
    const rows = ['{"prompt":"p","__proto__":"a","parameters-x":1}', '{"prompt":"q","valueOf":2}'];
    expect(await exported(rows)).toBe(
      'prompt,__proto__,input-parameters-x,valueOf\np,a,1,\nq,,,2\n',
    );
  });

  it('keep keys apart whose names an answer or a parameter needs', async () => {
    const row = { prompt: 'p', 'parameters-n': 1, 'answer-status': 2, parameters: { n: 3 } };
    const text = await exported([{ ...row, response: 'r', answer: { status: 'ok' } }]);
    expect(text.split('\n')[0]).toMatch(
      /^prompt,input-parameters-n,input-answer-status,parameters-n,/,
    );
    expect(text.split('\n')[1]).toMatch(/^p,1,2,3,r,ok,/);
  });

  it('name every line that is no row', async () => {
    await expect(exported(['{"prompt":"a"}', 'x', '', '[1]'])).rejects.toThrow(
      /results\.jsonl:2: the line is not JSON\n.*results\.jsonl:4: the line is not a JSON object/,
    );
  });
});

describe('results as lines of OpenAI', () => {
  const error = { code: 'bad_request', message: 'no' };
  const rows = [
    {
      ...{ id: 1.5, prompt: 'a', model: 'openai/gpt', parameters: { n: 2, seed: 7 } },
      response: ['b', 'c'],
      answer: {
        ...ANSWER,
        choices: [
          { finish_reason: 'length' },
          { finish_reason: 'tool_calls', tool_calls: [{ id: 't', name: 'f', arguments: '{}' }] },
        ],
      },
    },
    { prompt: ['a', 'b'], model: 'http://h/v1#m', response: ['c', 'd'], answer: ANSWER },
    {
      prompt: 'a',
      model: 'openai/gpt',
      metadata: { k: 1 },
      response: null,
      answer: { status: 'error', error },
    },
  ];

  it('have a chat completion with all choices and the usage as body, or an error', async () => {
    const text = await exported(rows, { format: 'openai-batch' });
    const [first, second, third] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ custom_id: '1.5', error: null, response: { status_code: 200 } });
    expect(first.response.request_id).toBe('r-1');
    expect(first.response.body).toMatchObject({
      object: 'chat.completion',
      created: 1795687200,
      model: 'm-1',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'b' }, finish_reason: 'length' },
        {
          message: {
            content: 'c',
            tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
          finish_reason: 'tool_calls',
        },
      ],
      usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
    });
    expect(second.custom_id).toBe('row-2');
    expect(second.response.body.choices).toMatchObject([{ message: { content: 'd' } }]);
    expect(third).toEqual({ id: 'batch_req_3', custom_id: 'row-3', response: null, error });
  });

  it('are what the cookbook writes: request, response, metadata', async () => {
    const text = await exported(rows, { format: 'cookbook' });
    const [first, second, third] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const user = (content: string) => ({ role: 'user', content });
    expect(first[0]).toEqual({ model: 'gpt', messages: [user('a')], n: 2, seed: 7 });
    expect(first[1].choices[1].message.content).toBe('c');
    expect(first[2]).toEqual({ id: 1.5 });
    expect(second).toHaveLength(2);
    expect(second[0]).toEqual({ model: 'm', messages: [user('a'), user('b')] });
    expect(third.slice(1)).toEqual([['bad_request: no'], { k: 1 }]);
  });
});

it('writes the lines of a text file as the prompts that they are', async () => {
  const folder = temporaryFolder();
  const [input, output] = [join(folder, 'prompts.txt'), join(folder, 'prompts.csv')];
  writeFileSync(input, 'a\n"b", c\n');
  expect(await exportResults({ input, output, format: 'csv' })).toBe(2);
  expect(readFileSync(output, 'utf8')).toBe('prompt\na\n"""b"", c"\n');
});

it('takes a cost that a table does not tell for unknown, not for nothing', () => {
  const cells = { 'answer-status': 'ok', 'answer-cost_usd': ' ', 'answer-latency_ms': '12' };
  const { answer } = resultRow({ prompt: 'p', response: 'x', ...cells });
  expect(answer).toMatchObject({ cost_usd: null, latency_ms: 12, usage: { input: null } });
});
