import { describe, expect, it } from 'vitest';
import { handOver, takeRequest } from './request-handover.ts';

const send = (body: string) => handOver('http://x/', { body, headers: {} });

describe('takeRequest', () => {
  it('takes each request from the call that wrote it, however they overlap', async () => {
    const write = (body: string, turns: number) => async () => {
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      return send(body);
    };
    const bodies = ['a', 'b', 'c', 'd'];
    const taken = await Promise.all(bodies.map((body, at) => takeRequest(write(body, 4 - at))));
    expect(taken.map(({ body }) => body)).toEqual(bodies);
  });

  it('fails as the SDK does before it has written a request', async () => {
    const refused = new Error('no such role');
    await expect(takeRequest(() => Promise.reject(refused))).rejects.toBe(refused);
  });

  it('takes no notice of what the SDK does afterwards', async () => {
    const taken = takeRequest(() => send('a').catch(() => send('b')));
    expect((await taken).body).toBe('a');
  });

  it('fails rather than waits for ever when the SDK writes nothing', async () => {
    await expect(takeRequest(async () => 'done')).rejects.toThrow('wrote nothing');
  });
});
