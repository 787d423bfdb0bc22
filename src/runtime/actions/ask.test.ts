import { describe, expect, it } from 'vitest';
import { question, sampleEngine } from '../../../test/support/sample-engine.ts';
import { referenceOf, startedSim } from '../../../test/support/started-sim.ts';
import type { Answer } from '../../core/answer.ts';
import { parseFaults } from '../../sim/index.ts';
import { type AskListener, type AskRequest, ask } from './ask.ts';

function listen(onAnswer: () => void = () => {}) {
  const heard = {
    models: [] as readonly string[],
    /** Number of the model, number of the sample, and the answer. */
    answers: [] as [number, number, Answer][],
    records: new Map<number, Record<string, unknown>>(),
  };
  const listener: AskListener = {
    onStart({ models }) {
      heard.models = models;
    },
    onAnswer(...told) {
      heard.answers.push(told);
      onAnswer();
    },
    onRecord(model, record) {
      expect(heard.records.has(model)).toBe(false);
      heard.records.set(model, JSON.parse(record));
    },
  };
  return { heard, listener };
}

async function answersTo(request: AskRequest, settings = '') {
  const { heard, listener } = listen();
  await ask(sampleEngine(settings).context, request, listener);
  return heard;
}

describe('ask', () => {
  it('gives one record a model, with what was asked and what came back', async () => {
    const sim = await startedSim();
    const models = [referenceOf(sim, 'a'), referenceOf(sim, 'b')];
    const { records, models: told } = await answersTo(
      question(models, { parameters: { seed: 1 } }),
    );
    expect(told).toEqual(models);
    expect(records.size).toBe(2);
    expect(records.get(1)).toMatchObject({
      prompt: 'hi',
      model: models[1],
      parameters: { seed: 1 },
      response: 'echo: hi',
      answer: { status: 'ok', attempts: 1 },
    });
  });

  it('has the messages as the prompt where there is a system prompt', async () => {
    const sim = await startedSim();
    const { records } = await answersTo(question([referenceOf(sim)], { system: 'Be short' }));
    expect(records.get(0)).toMatchObject({
      prompt: [
        { role: 'system', content: 'Be short' },
        { role: 'user', content: 'hi' },
      ],
    });
    expect(records.get(0)).not.toHaveProperty('parameters');
  });

  it('asks once for several samples where a request can have them, else once for each', async () => {
    const sim = await startedSim();
    const settings = `endpoints:
  gpt: {provider: openai, baseUrl: "${sim.baseUrl('openai-chat')}"}
  claude: {provider: anthropic, baseUrl: "${sim.baseUrl('anthropic')}"}`;
    const models = ['gpt/m', 'claude/m'];
    const { records, answers } = await answersTo(question(models, { samples: 3 }), settings);
    expect(records.get(0)).toMatchObject({
      response: ['echo: hi', 'echo 2: hi', 'echo 3: hi'],
      answer: { attempts: 1 },
    });
    expect(records.get(1)).toMatchObject({
      response: ['echo: hi', 'echo: hi', 'echo: hi'],
      answer: { attempts: 3 },
    });
    expect(answers.map(([model, sample]) => [model, sample]).sort()).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(sim.counts.requests).toBe(4);
  });

  it('shows the error of a model as its record and goes on with the others', async () => {
    const sim = await startedSim({
      models: [{ name: 'good' }, { name: 'bad', faults: parseFaults('400') }],
    });
    const { records } = await answersTo(
      question([referenceOf(sim, 'bad'), referenceOf(sim, 'good')]),
    );
    expect(records.get(0)).toMatchObject({ response: null, answer: { status: 'error' } });
    expect(records.get(1)).toMatchObject({ answer: { status: 'ok' } });
  });

  it('has a record of what was paid for when it is interrupted between two samples', async () => {
    const sim = await startedSim({ models: [{ name: 'm' }], anyModel: true });
    const settings = `endpoints: {claude: {provider: anthropic, baseUrl: "${sim.baseUrl('anthropic')}", limits: {concurrency: 1}}}`;
    const stop = new AbortController();
    const { heard, listener } = listen(() => stop.abort(new Error('stop')));
    const request = question(['claude/m', 'claude/other'], { samples: 3, signal: stop.signal });
    await ask(sampleEngine(settings).context, request, listener);
    expect(heard.answers).toHaveLength(1);
    expect([...heard.records.keys()]).toEqual([heard.answers[0]![0]]);
    expect([...heard.records.values()][0]).toMatchObject({
      response: ['echo: hi', null, null],
      answer: { status: 'error', error: { code: 'not_sent' }, attempts: 1 },
    });
  });

  it('counts the models of one endpoint against its limits together', async () => {
    const sim = await startedSim({ latency: { kind: 'fixed', ms: 60 } });
    const settings = `endpoints: {box: {baseUrl: "${sim.baseUrl('openai-chat')}", limits: {concurrency: 1}}}`;
    await answersTo(question(['box/a', 'box/b', 'box/c']), settings);
    expect(sim.counts.requests).toBe(3);
    expect(Math.max(...sim.requests.map(({ inFlight }) => inFlight))).toBe(1);
  });

  it('sends nothing when one of the models cannot be asked', async () => {
    const sim = await startedSim();
    await expect(answersTo(question([referenceOf(sim), 'nobody/x']))).rejects.toMatchObject({
      code: 'unknown_model',
    });
    expect(sim.counts.requests).toBe(0);
  });
});
