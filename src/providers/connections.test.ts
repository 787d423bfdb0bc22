import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openEndpoint } from './open-endpoint.ts';
import { STOPPED_CLOCK, testSettings } from './testing/ask-endpoint.ts';
import { DIALECTS } from './testing/dialects.ts';
import { json, startStandIn, text } from './testing/stand-in-server.ts';

const dialect = DIALECTS.find(({ provider }) => provider === 'openai')!;
const ANSWER = JSON.stringify(dialect.answer(['4']));

describe('the transport and its connections', () => {
  it('uses one again after answers of every kind, and leaves no listener on a signal', async () => {
    await using server = await startStandIn();
    const settings = testSettings('openai', server.url, { connections: 1 });
    const endpoint = openEndpoint(settings, STOPPED_CLOCK);
    const model = await endpoint.model('m-1', 'openai/m-1');
    const { signal } = new AbortController();
    const messages = [{ role: 'user' as const, content: 'hi' }];
    const codes: string[] = [];
    for (const reply of [
      text(ANSWER),
      json({ error: { code: 'slow_down' } }, 429),
      text('x'.repeat(100_000), 500),
      text(''),
      text('<html>'),
      text(gzipSync('{}'), 503, { 'content-encoding': 'gzip' }),
      text(ANSWER),
    ]) {
      server.reply = reply;
      const outcome = model.generate({ messages, parameters: {}, choices: 1 }, { signal });
      codes.push(
        await outcome.then(
          () => 'answered',
          (error) => error.code,
        ),
      );
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    }
    await endpoint.close();
    expect(codes).toEqual([
      'answered',
      'overloaded',
      'server_error',
      'response_empty',
      'response_not_json',
      'server_error',
      'answered',
    ]);
    expect(server.connections()).toBe(1);
  });
});
