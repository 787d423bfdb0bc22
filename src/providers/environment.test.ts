import { describe, expect, it } from 'vitest';
import { ask, testSettings } from './testing/ask-endpoint.ts';
import { DIALECTS } from './testing/dialects.ts';
import { json, startStandIn } from './testing/stand-in-server.ts';

// In a file of its own, so that the libraries are loaded while the recorder listens.
describe('the environment', () => {
  it('is read by no adapter while it makes a call, but for the three variables of undici', async () => {
    const undicis = ['JEST_WORKER_ID', 'UNDICI_NO_WASM_SIMD', 'UNDICI_USE_MILO'];
    const nodes = ['WATCH_REPORT_DEPENDENCIES', 'NODE_V8_COVERAGE']; // asked by Node's own loader
    const allowed = [...undicis, ...nodes];
    const real = process.env;
    const read = new Set<string>();
    const recorder = new Proxy(real, {
      get(target, name) {
        if (typeof name === 'string') read.add(name);
        return Reflect.get(target, name);
      },
    });
    await using server = await startStandIn();
    for (const { provider, answer } of DIALECTS) {
      server.reply = json(answer(['4']));
      for (const apiKey of ['sk-0123456789abcdef', null]) {
        process.env = recorder;
        const outcome = await ask(testSettings(provider, server.url, { apiKey })).finally(() => {
          process.env = real;
        });
        expect(outcome.texts).toEqual(['4']);
      }
    }
    expect([...read].filter((name) => !allowed.includes(name))).toEqual([]);
  });
});
