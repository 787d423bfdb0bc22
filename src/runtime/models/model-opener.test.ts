import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { referenceOf, startedSim } from '../../../test/support/started-sim.ts';
import type { SimpleModel } from '../../core/model.ts';
import { systemClock } from '../../core/system-clock.ts';
import { PROVIDERS } from '../../providers/index.ts';
import { type SampleFolder, sampleFolder } from '../sample-folder.test-support.ts';
import { ModelOpener } from './model-opener.ts';
import { resolveModel } from './resolve-model.ts';
import type { ResolvedEndpointModel, SimpleResolvedModel } from './resolved-model.ts';

let folder: SampleFolder;
let opener: ModelOpener;

beforeEach(async () => {
  folder = await sampleFolder();
  opener = openerOf(10);
});

afterEach(async () => {
  await opener.close();
  await folder[Symbol.asyncDispose]();
});

/** @param connections of each endpoint */
function openerOf(connections: number): ModelOpener {
  const usual = { clock: systemClock, proxy: {}, certificateFile: undefined };
  return new ModelOpener({ ...usual, connections });
}

async function resolved(reference: string): Promise<SimpleResolvedModel> {
  const model = resolveModel(reference, await folder.load({}, { providers: PROVIDERS }));
  if (model.kind === 'problem') throw new Error(model.message);
  if (model.kind === 'consortium') throw new Error('it is a consortium');
  return model;
}

function ask(model: SimpleModel, text = '2 + 2', onPiece = () => {}) {
  const messages = [{ role: 'user', content: text }] as const;
  const { signal } = new AbortController();
  return model.generate({ messages, parameters: {}, choices: 1 }, { signal, onPiece });
}

const ANSWER = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 5 },
};

/** A server that counts connections, and what the last request to it was. */
async function connectionCounter() {
  let connections = 0;
  let last: object = {};
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as { stream?: boolean };
    last = { ...request.headers, url: request.url, stream: body.stream };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(ANSWER));
  }).on('connection', () => connections++);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return {
    connections: () => connections,
    model: (change: Partial<ResolvedEndpointModel>, modelId = 'm'): ResolvedEndpointModel => ({
      kind: 'endpoint',
      reference: `box/${modelId}`,
      modelId,
      endpointName: 'box',
      provider: 'openai-compatible',
      baseUrl: `http://127.0.0.1:${port}/v1`,
      baseUrlSource: null,
      apiKey: 'old-key-0123456789abcdef',
      keySource: null,
      headers: {},
      limits: {},
      price: null,
      apiVersion: undefined,
      laneName: `box/${modelId}`,
      ...change,
    }),
    async seenOf(model: SimpleModel) {
      const { costUsd } = await ask(model);
      return { ...last, costUsd };
    },
  };
}

describe('ModelOpener', () => {
  it('opens a model at an address under the name by which it was asked for', async () => {
    const sim = await startedSim();
    const model = await opener.open(await resolved(referenceOf(sim)));
    expect(model.reference).toBe(referenceOf(sim));
    expect((await ask(model, 'hi')).texts).toEqual(['echo: hi']);
    expect(sim.requests[0]!.headers.authorization).toBeUndefined();
  });

  it('starts simulated models by itself, once, each with its price', async () => {
    const models = [await resolved('sim/quick'), await resolved('sim/careful')];
    const [quick, careful] = await Promise.all(models.map((model) => opener.open(model)));
    expect(quick!.reference).toBe('sim/quick');
    const answers = await Promise.all([ask(quick!), ask(careful!)]);
    for (const { texts, costUsd } of answers) {
      expect(texts).toHaveLength(1);
      expect(costUsd).toBeGreaterThan(0);
    }
  });

  it('starts members of panels with their parameters', async () => {
    const question = 'Is 1234 + 1000 equal to 2234? Answer yes or no.';
    for (const [skill, answer] of [
      [1, 'yes'],
      [0, 'no'],
    ]) {
      const reference = `sim/member?skill=${skill}`;
      const model = await opener.open(await resolved(reference));
      expect(model.reference).toBe(reference);
      const { texts, costUsd } = await ask(model, question);
      expect(texts[0]).toMatch(new RegExp(`\\nAnswer: ${answer}$`));
      expect(costUsd).toBeGreaterThan(0);
    }
  });

  it('takes secrets out of what models say that are opened after they were named', async () => {
    const sim = await startedSim();
    opener.protect(['first-Zq7Wx2Lk9Vb4Nm8R']);
    opener.protect(['another-Rt3Ky5Hj6Gf2Ds1']);
    const model = await opener.open(await resolved(referenceOf(sim)));
    const said = await ask(model, 'I know first-Zq7Wx2Lk9Vb4Nm8R and another-Rt3Ky5Hj6Gf2Ds1.');
    expect(said.texts).toEqual(['echo: I know [key] and [key].']);
  });

  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])('streams a simulated model as its setting %s says', async (stream, isStreamed) => {
    const model = await opener.open({
      ...(await resolved('sim/quick')),
      stream,
    } as SimpleResolvedModel);
    const onPiece = vi.fn();
    await ask(model, '2 + 2', onPiece);
    expect(onPiece.mock.calls.length > 0).toBe(isStreamed);
  });

  it('shares connections between the models of an account', async () => {
    await opener.close();
    opener = openerOf(1);
    const server = await connectionCounter();
    for (const name of ['one', 'two', 'one']) await ask(await opener.open(server.model({}, name)));
    expect(server.connections()).toBe(1);
    await ask(await opener.open(server.model({ apiKey: 'sk-another-0123456789abcdef' })));
    expect(server.connections()).toBe(2);
  });

  it.each<[string, Partial<ResolvedEndpointModel>, object]>([
    [
      'key',
      { apiKey: 'new-key-0123456789abcdef' },
      { authorization: 'Bearer new-key-0123456789abcdef' },
    ],
    ['header', { headers: { 'x-team': 'new' } }, { 'x-team': 'new' }],
    ['path', { path: '/new' }, { url: '/v1/new' }],
    ['way of streaming', { stream: true }, { stream: true }],
    ['price', { price: { inputUsdPerMillion: 1e6, outputUsdPerMillion: 0 } }, { costUsd: 3 }],
  ])(
    'a model that is opened again after a change of its %s has the new one',
    async (_, change, seen) => {
      const server = await connectionCounter();
      const old = await opener.open(server.model({}));
      expect(await server.seenOf(old)).not.toMatchObject(seen);
      expect(await server.seenOf(await opener.open(server.model(change)))).toMatchObject(seen);
      expect(await server.seenOf(old)).not.toMatchObject(seen);
    },
  );

  it('ends the simulated endpoints and every connection when it is closed', async () => {
    const model = await opener.open(await resolved('sim/quick'));
    await ask(model);
    await opener.close();
    await expect(ask(model)).rejects.toThrow();
  });

  it('can be closed when nothing was opened, and twice', async () => {
    await opener.close();
    await opener.close();
  });
});
