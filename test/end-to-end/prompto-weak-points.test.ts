// What prompto's users lost, or could not do, because of a fault of its code: each has a test here that it does not happen.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';
import { killAndCount } from '../support/kill-and-count.ts';
import { linesOf, onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { type ScriptedAnswer, startScriptedServer } from '../support/scripted-server.ts';
import { startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const TOOL_CALL = { id: 't', type: 'function', function: { name: 'f', arguments: '{}' } };

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

/** Runs rows of prompto's form against one server. */
async function run(url: string, rows: readonly object[], ...words: string[]) {
  writeExperiment(folder, 'e.jsonl', rows);
  const env = {
    OLLAMA_API_ENDPOINT: url,
    OPENAI_BASE_URL: `${url}/v1`,
    OPENAI_API_KEY: 'any-key-at-all',
  };
  return tutti(['run', 'e.jsonl', '-o', 'o', ...words], { cwd: folder, env });
}

const records = () => recordsOf(onlyRunOf(join(folder, 'o'), 'e'));

describe('an input that is being asked', () => {
  it('stays where it is, and the same command goes on after a kill without asking again', async () => {
    const sim = await startedSim({ latency: { kind: 'uniform', fromMs: 20, toMs: 60 } });
    mkdirSync(join(folder, 'data/input'), { recursive: true });
    const rows = Array.from({ length: 300 }, (_, id) => {
      return { id, api: 'openai', model_name: 'gpt-4o', prompt: `question ${id}` };
    });
    const file = writeExperiment(join(folder, 'data/input'), 'e.jsonl', rows);
    const before = readFileSync(file);
    const words = ['run', 'data/input/e.jsonl', '-o', 'o', '--concurrency', '16'];
    const env = { OPENAI_BASE_URL: sim.url, OPENAI_API_KEY: 'any-key-at-all' };
    const process = startTutti(words, { cwd: folder, env });
    while (sim.counts.answered < 50) await sleep(2);
    const lost = await killAndCount(process, sim, join(folder, 'o'), 0);
    expect(readFileSync(file)).toEqual(before);
    const { code, stderr } = await tutti(words, { cwd: folder, env });
    expect(code, stderr).toBe(0);
    expect(readFileSync(file)).toEqual(before);
    expect(records().map(({ id }) => Number(id))).toEqual(rows.map(({ id }) => id));
    expect(sim.counts.requests).toBe(rows.length + lost);
  });
});

describe('an error of Ollama that nobody foresaw', () => {
  it.each([400, 500, 503])(
    'with status %i is an error of its row, and the run ends well',
    async (status) => {
      const answer: ScriptedAnswer = { status, body: { error: 'something else went wrong' } };
      const good = { model: 'b', message: { role: 'assistant', content: 'good' }, done: true };
      const { url } = await startScriptedServer(({ body }) =>
        JSON.parse(body).model === 'a' ? answer : { body: { ...good, done_reason: 'stop' } },
      );
      const rows = [
        { id: 0, api: 'ollama', model_name: 'a', prompt: 'one text' },
        { id: 1, api: 'ollama', model_name: 'b', prompt: 'one text' },
      ];
      const { code, stderr } = await run(url, rows, '--attempts', '2', '--format', 'csv');
      expect(code, stderr).toBe(1);
      expect(records()).toMatchObject([
        { id: 0, response: null, answer: { status: 'error', error: { http_status: status } } },
        { id: 1, response: 'good', answer: { status: 'ok' } },
      ]);
      expect(records()[0]!.answer.error!.message).toContain('something else went wrong');
      expect(existsSync(join(onlyRunOf(join(folder, 'o'), 'e'), 'completed.csv'))).toBe(true);
    },
  );
});

describe('an answer without a text', () => {
  const choice = (message: object, finish_reason: string) => ({
    body: {
      id: 'c-1',
      object: 'chat.completion',
      model: 'gpt-4o',
      choices: [
        { index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason },
      ],
      usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
    },
  });
  const row = { id: 0, api: 'openai', model_name: 'gpt-4o', prompt: 'a' };

  it('is kept where it is a refusal or calls a tool, and is paid once', async () => {
    const answers = new Map([
      ['refuse', choice({ refusal: 'I cannot help with that.' }, 'stop')],
      ['call', choice({ tool_calls: [TOOL_CALL] }, 'tool_calls')],
    ]);
    const { url, requests } = await startScriptedServer(({ body }) => {
      return answers.get(JSON.parse(body).messages[0].content)!;
    });
    const rows = [...answers.keys()].map((prompt, id) => ({ ...row, id, prompt }));
    const { code, stderr } = await run(url, rows);
    expect(code, stderr).toBe(0);
    const [refused, called] = records();
    expect(refused!.answer).toMatchObject({
      status: 'ok',
      usage: { output: 7 },
      choices: [{ refusal: 'I cannot help with that.' }],
    });
    expect(called!.answer).toMatchObject({
      status: 'ok',
      choices: [{ finish_reason: 'tool_calls', tool_calls: [{ name: 'f' }] }],
    });
    expect(requests).toHaveLength(2);
  });

  it('is an error with its usage where it was cut before its text, and is paid once', async () => {
    const { url, requests } = await startScriptedServer(() => choice({}, 'length'));
    const { code } = await run(url, [row]);
    expect(code).toBe(1);
    expect(records()).toMatchObject([
      { response: null, answer: { status: 'error', error: { code: 'cut_before_text' } } },
    ]);
    expect(requests).toHaveLength(1);
  });
});

describe('a scorer', () => {
  const rows = [
    { id: 0, prompt: 'a', expected_response: 'a' },
    { id: 1, prompt: 'b' },
    { id: 2, prompt: 'no text', expected_response: 'c' },
    { id: 3, prompt: ['d', 'e'], expected_response: 'e' },
  ].map((row) => ({ api: 'openai', model_name: 'gpt-4o', ...row }));

  /** Answers with the prompt, once with no text but a call of a tool. */
  function echo({ body }: { readonly body: string }): ScriptedAnswer {
    const prompt: string = JSON.parse(body).messages.at(-1).content;
    const message =
      prompt === 'no text' ? { content: null, tool_calls: [TOOL_CALL] } : { content: prompt };
    return {
      body: {
        model: 'gpt-4o',
        choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
      },
    };
  }

  it('has no value where nothing is expected, and the answer stays, with a text or without', async () => {
    const { url, requests } = await startScriptedServer(echo);
    const { code, stderr } = await run(url, rows, '--score', 'match', '--score', 'includes');
    expect(code, stderr).toBe(0);
    expect(records().map(({ response }) => response)).toEqual(['a', 'b', '', ['d', 'e']]);
    expect(records().map(({ answer }) => answer.status)).toEqual(Array(4).fill('ok'));
    const scores = records().map(({ match, includes }) => [match, includes]);
    expect(scores).toEqual([
      [true, true],
      [null, null],
      [false, false],
      [true, true],
    ]);
    expect(requests).toHaveLength(5);
  });

  it('that throws, or gives what JSON cannot hold, costs no answer and no run', async () => {
    const { url, requests } = await startScriptedServer(echo);
    writeFileSync(
      join(folder, 'mine.mjs'),
      'export function score({ id }) { if (id === 0) throw new Error("mine is wrong"); return id === 1 ? () => 1 : id === 3 ? 1n : 0.5; }',
    );
    const { stderr } = await run(url, rows, '--score', './mine.mjs', '--format', 'csv');
    expect(records().map(({ response }) => response)).toEqual(['a', 'b', '', ['d', 'e']]);
    const scored = records().filter(({ mine }) => mine !== null);
    expect(
      scored.map(({ id, mine }) => [id, mine]),
      stderr,
    ).toEqual([[2, 0.5]]);
    expect(records()[0]!.score_errors.mine).toContain('mine is wrong');
    expect(requests).toHaveLength(5);
  });
});

describe('check', () => {
  it('reads on after lines without a prompt or a model, and its exit code says so', async () => {
    const lines = [
      '{"api":"ollama","prompt":"a"}',
      '{"api":"ollama","model_name":"m"}',
      'not JSON',
      'null',
      '{"api":"nobody","model_name":"m","prompt":"a"}',
      '{"api":"ollama","model_name":"m","prompt":5}',
      '{"api":"ollama","model_name":"m","prompt":"good"}',
    ];
    writeFileSync(join(folder, 'e.jsonl'), `${lines.join('\n')}\n`);
    const { code, stdout } = await tutti(['check', 'e.jsonl'], { cwd: folder });
    expect(code).toBe(1);
    for (const line of [1, 2, 3, 4, 5, 6])
      expect(stdout).toMatch(new RegExp(`^e.jsonl:${line}:`, 'm'));
    expect(stdout).not.toMatch(/^e.jsonl:7:/m);
    expect(stdout).toContain('1 good row');
    writeFileSync(join(folder, 'good.jsonl'), `${lines.at(-1)}\n`);
    expect((await tutti(['check', 'good.jsonl'], { cwd: folder })).code).toBe(0);
  });

  it('names media within prompts that are not there, or not below their folder', async () => {
    mkdirSync(join(folder, 'media'));
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    writeFileSync(join(folder, 'media/a.png'), png);
    writeFileSync(join(folder, 'secret.png'), png);
    const rows = ['a.png', 'none.png', '../secret.png', '/etc/passwd'].map((media) => ({
      api: 'ollama',
      model_name: 'm',
      prompt: [{ role: 'user', content: [{ type: 'image_url', image_url: media }] }],
    }));
    writeExperiment(join(folder, 'media'), 'e.jsonl', rows);
    const { code, stdout } = await tutti(['check', 'media/e.jsonl'], { cwd: folder });
    expect(code).toBe(1);
    for (const line of [2, 3, 4])
      expect(stdout).toMatch(new RegExp(`^media/e.jsonl:${line}:`, 'm'));
    expect(stdout).not.toMatch(/^media\/e.jsonl:1:/m);
  });

  it('reads tables, too', async () => {
    writeFileSync(join(folder, 'e.csv'), 'id,api,model_name,prompt\n1,ollama,m,a\n2,ollama,,b\n');
    const { code, stdout } = await tutti(['check', 'e.csv'], { cwd: folder });
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^e\.csv:3: the row has "api" but no "model_name"/m),
    ]);
    expect(linesOf(join(folder, 'e-error-log.txt'))).toEqual([]);
  });
});

describe('files that are brought to Gemini', () => {
  const KEY = 'the-right-key';
  /** What every file in these tests begins with. */
  const PDF = '%PDF-1.4';
  let sim: Sim;

  beforeEach(async () => {
    sim = await startedSim({ apiKeys: [KEY] });
    writeFileSync(join(folder, '.env'), `GEMINI_BASE_URL=${sim.url}\nGEMINI_API_KEY=${KEY}\n`);
  });

  const tuttiHere = (...words: string[]) => {
    return tutti(words, { cwd: folder, env: { TUTTI_TRUST: '1' } });
  };

  async function kept(): Promise<readonly { readonly name: string }[]> {
    return JSON.parse((await tuttiHere('media', 'list', '--json')).stdout);
  }

  it('are brought with the key of the .env, each content once, and go one by one', async () => {
    writeFileSync(join(folder, 'a.pdf'), `${PDF} one`);
    writeFileSync(join(folder, 'same.pdf'), `${PDF} one`);
    writeFileSync(join(folder, 'b.pdf'), `${PDF} two`);
    const words = ['media', 'upload', 'a.pdf', 'same.pdf', 'b.pdf', '--json'];
    const { code, stdout, stderr } = await tuttiHere(...words);
    expect(code, stderr).toBe(0);
    const lines = stdout.trim().split('\n');
    const [a, same, b] = lines.map((line) => JSON.parse(line).name as string);
    expect([same, (await kept()).length]).toEqual([a, 2]);
    expect((await tuttiHere('media', 'delete', a!)).code).toBe(0);
    expect((await kept()).map(({ name }) => name)).toEqual([b]);
    expect((await tuttiHere('media', 'delete', '--all')).code).toBe(2);
    expect(await kept()).toHaveLength(1);
  });

  it('by a run are those that are too large for a request, once, whatever else its rows hold', async () => {
    mkdirSync(join(folder, 'data/input'), { recursive: true });
    mkdirSync(join(folder, 'data/media'));
    const large = Buffer.alloc(21 * 1024 * 1024);
    large.write(PDF);
    writeFileSync(join(folder, 'data/media/large.pdf'), large);
    writeFileSync(join(folder, 'data/media/copy.pdf'), large);
    writeFileSync(join(folder, 'data/media/small.pdf'), `${PDF} small`);
    const part = (media: string) => ({ type: 'file', media });
    const prompts = [
      ['one text', 'and another'],
      [{ role: 'user', parts: part('small.pdf') }],
      [{ role: 'user', parts: ['What is this?', part('large.pdf'), part('large.pdf')] }],
      [{ role: 'user', parts: part('copy.pdf') }],
    ];
    const rows = prompts.map((prompt, id) => {
      return { id, api: 'gemini', model_name: 'gemini-2.5-flash', prompt, safety_filter: 'none' };
    });
    writeExperiment(join(folder, 'data/input'), 'e.jsonl', rows);
    const { code, stderr } = await tuttiHere('run', 'data/input/e.jsonl', '-o', 'o');
    expect(code, stderr).toBe(0);
    expect(records().map(({ answer }) => answer.status)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await kept()).toHaveLength(1);
  });
});
