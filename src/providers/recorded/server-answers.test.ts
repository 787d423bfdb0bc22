import { describe, expect, it } from 'vitest';
import { ask, askInVain, testSettings } from '../testing/ask-endpoint.ts';
import { startStandIn, text } from '../testing/stand-in-server.ts';
import { SERVER_ANSWERS } from './answers/index.test-support.ts';
import type { ServerAnswer } from './answers/server-answer.test-support.ts';

async function startServer({ body, contentType = '' }: ServerAnswer) {
  const bytes = /8859/.test(contentType) ? Buffer.from(body, 'latin1') : body;
  return startStandIn(text(bytes, 200, { 'content-type': contentType }));
}

const GOOD = SERVER_ANSWERS.filter(({ gives }) => gives !== undefined);
const BAD = SERVER_ANSWERS.filter(({ fails }) => fails !== undefined);

describe('what servers send', () => {
  it.each(GOOD)('is read of $server: $about', async (one) => {
    await using server = await startServer(one);
    const settings = testSettings(one.provider ?? 'openai-compatible', server.url);
    expect(await ask(settings)).toMatchObject(one.gives!);
    const deltas: string[] = [];
    const streamed = await ask(settings, { onDelta: (delta) => deltas.push(delta) });
    expect(streamed).toMatchObject(one.gives!);
    expect(deltas.join('')).toBe(streamed.texts[0]);
    expect(streamed.details?.choices).toEqual(one.gives!.details?.choices);
    expect(server.requests).toHaveLength(2);
  });

  it.each(BAD)('is an error of $server: $about', async (one) => {
    await using server = await startServer(one);
    const settings = testSettings(one.provider ?? 'openai-compatible', server.url);
    for (const options of [{}, { onDelta: () => {} }]) {
      const error = await askInVain(settings, options);
      expect([error.code, error.message]).toEqual([
        one.fails!.code,
        expect.stringContaining(one.fails!.says),
      ]);
    }
  });
});
