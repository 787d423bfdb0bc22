import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import type { Sim, SimRequest } from '../../src/sim/index.ts';
import { promptoExample } from '../support/prompto-example.ts';
import {
  linesOf,
  onlyRunOf,
  type ResultRecord,
  recordsOf,
  writeExperiment,
} from '../support/run-results.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { startedSim } from '../support/started-sim.ts';
import { tutti } from '../support/tutti-process.ts';

const EXPERIMENT = 'data/input/experiment.jsonl';
const MEDIA = 'data/input/media.jsonl';
const TABLE = 'data/input/table.csv';
const RESULTS = 'results/21-03-2025-10-15-00-completed-pilot.jsonl';

let sim: Sim;
let cwd = '';

beforeEach(async () => {
  sim = await startedSim();
  cwd = promptoExample(sim);
});

/** Runs the command line in the example's folder, agreeing to its `.env`. */
function run(...words: string[]) {
  return tutti(words, { cwd, env: { TUTTI_TRUST: '1' } });
}

function recordOf(records: readonly ResultRecord[], id: unknown): ResultRecord {
  return records.find((record) => record.id === id)!;
}

/** What was asked of one model, in order. */
function asked(model: string): readonly SimRequest[] {
  return sim.requests.filter((request) => request.model === model);
}

describe("prompto's files", () => {
  it('are read with their .env only once it is agreed to', async () => {
    const { code, stderr } = await tutti(['check', EXPERIMENT], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining('tutti trust')]);
    expect((await tutti(['trust', '--yes'], { cwd })).code).toBe(0);
    const checked = await tutti(['check', EXPERIMENT, TABLE], { cwd });
    expect([checked.code, checked.stderr]).toEqual([0, '']);
  });

  it('run unchanged: every key, every form of a prompt, limits of groups and models', async () => {
    const words = ['run', EXPERIMENT, '--limits', 'limits.json', '-o', 'o'];
    const { code, stderr } = await run(...words);
    expect(code, stderr).toBe(0);
    const records = recordsOf(onlyRunOf(join(cwd, 'o'), 'experiment'));
    // One of the rows is asked of two models.
    expect(records).toHaveLength(linesOf(join(cwd, EXPERIMENT)).length + 1);
    for (const { id, answer } of records) expect(answer.status, id).toBe('ok');
    expect(recordOf(records, 0).response).toBe('echo: Name a river.');
    expect(recordOf(records, 'two-answers').response).toHaveLength(2);
    for (const id of ['turns', 'chat-all-the-same', 'claude-turns', 'gemini-few', 'phi']) {
      expect(recordOf(records, id).response, id).toEqual([
        'echo: Name a river.',
        'echo: How long is it?',
      ]);
    }
    expect(recordOf(records, 'kept')).toMatchObject({
      topic: 'rivers',
      source: { book: 3, pages: [1, 2] },
    });
    expect(recordOf(records, 'from-a-table')).toMatchObject({ group: null, mode: null });
    expect(stderr).not.toContain('no row has');
  });

  it('are sent as prompto sends them: keys, addresses, versions, systems, filters and parameters', async () => {
    const { code, stderr } = await run('run', EXPERIMENT, '-o', 'o');
    expect(code, stderr).toBe(0);
    const [completion] = asked('gpt-3.5-turbo-instruct');
    expect(completion).toMatchObject({
      path: '/v1/completions',
      body: { prompt: 'The longest river is', max_tokens: 10 },
    });
    expect(completion!.headers.authorization).toContain('not-a-key-for-one-model');
    expect(asked('gpt-4o')[0]!.headers.authorization).toBe('Bearer not-a-key');
    for (const model of ['first-deployment', 'second-deployment']) {
      const path = `/openai/deployments/${model}/chat/completions?api-version=2024-02-01`;
      expect(asked(model)[0]!.path).toBe(path);
    }
    const [parameter, history] = asked('claude-3-haiku-20240307').map(
      ({ body }) => body as JsonObject,
    );
    expect(parameter).toMatchObject({ system: 'Be brief.', max_tokens: 100 });
    expect(JSON.stringify(history!.system)).toContain('Be brief.');
    const gemini = asked('gemini-1.5-flash')[0]!.body;
    expect(gemini).toMatchObject({
      generationConfig: { candidateCount: 1, temperature: 1, maxOutputTokens: 100 },
      safetySettings: expect.arrayContaining([
        { category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' },
      ]),
    });
    expect(asked('llama3')[0]!.body).toMatchObject({ options: { num_predict: 100, seed: 0 } });
    const tgi = asked('my-tgi-server').map(({ path }) => path);
    expect([...new Set(tgi)].sort()).toEqual(['/v1/chat/completions', '/v1/completions']);
  });

  it('show media: each form that prompto has, from the folder beside input, by their own type', async () => {
    const { code, stderr } = await run('run', MEDIA, '-o', 'o');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('river.png is image/png, not image/jpeg');
    const image = readFileSync(join(cwd, 'data/media/river.png')).toString('base64');
    const sound = readFileSync(join(cwd, 'data/media/brook.wav')).toString('base64');
    const address = `data:image/png;base64,${image}`;
    const text = { type: 'text', text: 'What is this?' };
    const show = (url: string, more: object = {}) => {
      return { type: 'image_url', image_url: { url, ...more } };
    };
    const messages = (model: string) =>
      asked(model).map(({ body }) => (body as JsonObject).messages);
    expect(messages('gpt-4o')).toEqual(
      expect.arrayContaining([
        [{ role: 'user', content: [text, show(address)] }],
        [{ role: 'user', content: [show(address, { detail: 'low' }), text] }],
        [{ role: 'user', content: [show('https://example.org/river.jpg'), text] }],
      ]),
    );
    expect(messages('first-deployment')).toEqual([[{ role: 'user', content: [show(address)] }]]);
    const source = { type: 'base64', media_type: 'image/png', data: image };
    expect(messages('claude-3-haiku-20240307')).toEqual([
      [{ role: 'user', content: [{ type: 'image', source }, text] }],
    ]);
    const parts = asked('gemini-1.5-flash').map(({ body }) => {
      return ((body as JsonObject).contents as JsonObject[])[0]!.parts;
    });
    const picture = { inlineData: { mimeType: 'image/png', data: image } };
    expect(parts).toEqual(
      expect.arrayContaining([
        [{ text: text.text }, picture],
        [{ inlineData: { mimeType: 'audio/wav', data: sound } }, { text: text.text }],
        [picture, { text: text.text }],
      ]),
    );
  });

  it("ask Quart's server and Vertex AI as prompto does", async () => {
    const { url, requests } = await startScriptedServer(({ path }) => ({
      body:
        path === '/generate'
          ? { response: [{ generated_text: 'The Usk.' }], model: 'gpt2' }
          : { candidates: [{ content: { parts: [{ text: 'The Usk.' }] }, finishReason: 'STOP' }] },
    }));
    const vertex = { api: 'vertexai', model_name: 'gemini-2.5-flash', safety_filter: 'few' };
    const rows = [
      { api: 'quart', prompt: 'Name a river.', parameters: { temperature: 1 } },
      { api: 'quart', model_name: 'gpt2', prompt: 'Name a river.' },
      { ...vertex, prompt: 'Name a river.', parameters: { max_output_tokens: 9 } },
      {
        ...vertex,
        prompt: [
          { role: 'system', parts: 'Be brief.' },
          { role: 'user', parts: 'a' },
        ],
      },
    ];
    writeExperiment(cwd, 'e.jsonl', rows);
    const env = {
      TUTTI_TRUST: '1',
      QUART_API_ENDPOINT: url,
      VERTEXAI_BASE_URL: url,
      VERTEXAI_API_KEY: 'any-key-at-all',
      VERTEXAI_PROJECT_ID: 'pilot',
      VERTEXAI_LOCATION_ID: 'europe-west4',
    };
    const { code, stderr } = await tutti(['run', 'e.jsonl', '-o', 'o'], { cwd, env });
    expect(code, stderr).toBe(0);
    const records = recordsOf(onlyRunOf(join(cwd, 'o'), 'e'));
    expect(records.map(({ response }) => response)).toEqual(Array(4).fill('The Usk.'));
    const bodies = requests.map(({ path, body }) => ({ path, ...JSON.parse(body) }));
    expect(bodies).toEqual(
      expect.arrayContaining([
        { path: '/generate', text: 'Name a river.', options: { temperature: 1 } },
        { path: '/generate', text: 'Name a river.', model: 'gpt2', options: {} },
        expect.objectContaining({
          path: expect.stringContaining(
            '/projects/pilot/locations/europe-west4/publishers/google/models/gemini-2.5-flash:generateContent',
          ),
          generationConfig: { maxOutputTokens: 9 },
        }),
        expect.objectContaining({ systemInstruction: { parts: [{ text: 'Be brief.' }] } }),
      ]),
    );
  });

  it('are tables, too: parameters by column, empty cells are absent', async () => {
    const { code, stderr } = await run('run', TABLE, '-o', 'o', '--typed', 'id');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('cells are texts');
    const folder = onlyRunOf(join(cwd, 'o'), 'table');
    expect(linesOf(join(folder, 'input.jsonl')).map((line) => JSON.parse(line))).toMatchObject([
      { id: 1, parameters: { temperature: 0.5, max_tokens: 100 } },
      { id: 2, prompt: 'Name a river,\nin "Wales".', parameters: { stop: ['.', '!'] } },
      { id: 3, parameters: { temperature: 1, max_tokens: 100 } },
    ]);
    expect(linesOf(join(folder, 'input.jsonl'))[0]).not.toContain('group');
  });

  it('of results are read: errors are told from answers, NaN is nothing, and they can be asked again', async () => {
    const exported = await run('export', RESULTS, '--format', 'csv', '-o', 'old.csv');
    expect(exported.code, exported.stderr).toBe(0);
    const csv = readFileSync(join(cwd, 'old.csv'), 'utf8').trim().split('\n');
    const status = csv.slice(1).map((line) => /,(ok|error),/.exec(line)?.[1]);
    expect(status).toEqual(['ok', 'ok', 'ok', 'error', 'error']);
    expect(csv.join('')).not.toContain('NaN');
    const again = await run('run', RESULTS, '-o', 'o');
    expect(again.code, again.stderr).toBe(0);
    const records = recordsOf(onlyRunOf(join(cwd, 'o'), '21-03-2025-10-15-00-completed-pilot'));
    expect(records[0]).toMatchObject({
      'input-response': 'The Usk.',
      timestamp_sent: '21-03-2025-10-15-01',
      response: 'echo: Name a river.',
    });
    expect(records[2]).toMatchObject({
      'input-response': '',
      safety_attributes: { blocked: 'True' },
    });
  });
});

describe("prompto's judges and rephrasing", () => {
  it('are read from their folders: settings, templates, results, lists with commas', async () => {
    const words = ['--judge-folder', 'judge', '--judge', 'strict,second', '-o', 'o'];
    const judged = await run('judge', RESULTS, ...words, '--judge-template', 'polite.txt');
    expect(judged.code, judged.stderr).toBe(0);
    expect(judged.stderr).toContain('Not judged: 2 rows failed');
    const records = recordsOf(onlyRunOf(join(cwd, 'o'), 'judge-pilot'));
    expect(records.map(({ id }) => id)).toEqual([
      ...['judge-strict-polite-1', 'judge-strict-polite-2'],
      ...['judge-second-polite-1', 'judge-second-polite-2'],
    ]);
    expect(records[0]).toMatchObject({
      prompt: 'Is this polite? Only reply yes or no.\n\nThe Usk.\n',
      'input-prompt': 'Name a river.',
      'input-response': 'The Usk.',
    });
  });

  it('run with an experiment, scored, and tell once what differs', async () => {
    const words = ['run', TABLE, '--rephrase-folder', 'rephrase', '--rephrase', 'writer'];
    const { code, stderr } = await run(
      ...[...words, '--judge-folder', 'judge', '--judge', 'second', '--score', 'match'],
      ...['-o', 'o', '--typed', 'id'],
    );
    expect(code, stderr).toBe(0);
    const records = recordsOf(onlyRunOf(join(cwd, 'o'), 'post-rephrase-table'));
    expect(records.map(({ id }) => id)).toContain('rephrase-writer-1-2');
    expect(records).toHaveLength(3 * 3);
    for (const record of records) expect(record).toHaveProperty('match');
    expect(recordsOf(onlyRunOf(join(cwd, 'o'), 'judge-post-rephrase-table'))).toHaveLength(9);
    expect(stderr.match(/Rows as prompto has them/g)).toHaveLength(1);
  });
});

describe('what differs from prompto', () => {
  it('is told before anything is sent, and by check', async () => {
    const { stderr } = await run('run', EXPERIMENT, '-o', 'o');
    const told = [
      '1 row: a prompt of one text goes to /api/chat (prompto: /api/generate).',
      '3 rows: the request names the model of the row',
      'what fails has answer.error and a response of null',
      'docs/guide/from-prompto.md',
    ];
    for (const sentence of told) expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('safety_filter');
    const checked = await run('check', RESULTS);
    expect(checked.stdout).toContain('1 row: without safety_filter none is sent');
    expect((await run('run', EXPERIMENT, '-o', 'p', '--quiet')).stderr).toBe('');
  });

  it('is not told of rows that name a model in one word', async () => {
    const input = '{"model":"ollama/m","prompt":"a"}\n{"model":"gemini/m","prompt":"a"}\n';
    const env = { TUTTI_TRUST: '1' };
    const { code, stderr } = await tutti(['run', '-', '-o', 'o'], { cwd, env, input });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('prompto')]);
  });
});

describe("prompto's command lines", () => {
  it.each([
    [['--max-queries', '50'], '--rpm 50'],
    [['-mq', '50', '-p'], '--rpm 50'],
    [['-ma', '3', '-mqj', 'limits.json'], '--attempts 3 --limits limits.json'],
    [['--output-as-csv'], '--format csv'],
  ])('such as %j are answered with what to write, and nothing is sent', async (flags, here) => {
    const { code, stderr } = await run('run', EXPERIMENT, ...flags);
    expect(code).toBe(2);
    expect(stderr).toContain(`Here: tutti run ${EXPERIMENT} ${here}\n`);
    expect(sim.counts.requests).toBe(0);
  });

  it('are answered by their names, too', async () => {
    const { code, stderr } = await run('prompto_run_experiment', '-f', EXPERIMENT, '-mq', '5');
    expect([code, stderr]).toEqual([2, expect.stringContaining(`tutti run ${EXPERIMENT} --rpm 5`)]);
  });
});
