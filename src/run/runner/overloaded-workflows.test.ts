import { expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeModel } from '../../../test/support/fake-model.ts';
import { workflowBench } from '../../../test/support/workflow-bench.ts';
import { CallError, type CallErrorDetails } from '../../core/call-error.ts';
import type { CallErrorCode } from '../../core/error-catalogue.ts';
import type { JsonValue } from '../../core/json.ts';
import type { CompositeModel, Model } from '../../core/model.ts';
import { textOf, type Workflow } from '../../core/workflow.ts';
import { Limiter } from '../../scheduler/index.ts';

const OUTAGE_MS = [50, 30_000] as const;

/** A model that asks all of others at once, and the first one again. */
function panelOf(reference: string, ...models: Model[]): CompositeModel {
  return {
    reference,
    severalChoices: false,
    models,
    workflow: async (request, { ask }) => {
      const members = models.map((one, k) => ask(`members/${k}`, one, request));
      const answers = await Promise.all(members);
      const last = await ask('arbiter', models[0]!, request);
      const texts = [[...answers, last].map(textOf).join('+')];
      const nothing = { finishReason: 'stop', model: null, costUsd: null, requestId: null };
      return { ...nothing, texts, usage: last.usage };
    },
  };
}

it.each<[CallErrorCode, CallErrorDetails, 'one' | 'both']>([
  ['server_error', { httpStatus: 503 }, 'both'],
  ['server_error', { httpStatus: 503 }, 'one'],
  ['server_error', { httpStatus: 503, retryAfterMs: 2_000 }, 'both'],
  ['rate_limited', { httpStatus: 429 }, 'both'],
  ['rate_limited', { httpStatus: 429, retryAfterMs: 500 }, 'one'],
  ['connection_reset', {}, 'both'],
  ['connection_failed', {}, 'both'],
])('panels of panels at one call in flight go on after %s %o of %s', async (code, details, who) => {
  for (const shared of [false, true]) {
    const clock = new FakeClock();
    const [a, b] = ['a', 'b'].map((reference) => {
      const reply = () => {
        const nowMs = clock.monotonicMs();
        const isOut = nowMs >= OUTAGE_MS[0] && nowMs < OUTAGE_MS[1];
        const fails = isOut && (who === 'both' || reference === 'a');
        return { latencyMs: 20, ...(fails && { error: new CallError(code, code, details) }) };
      };
      return new FakeModel(clock, reply, { reference });
    }) as [FakeModel, FakeModel];
    const both = panelOf('both', a, b);
    const outer = panelOf('outer', both, a, both);
    const row: Workflow<number, JsonValue> = async (number, { ask }) =>
      textOf(await ask('x', outer, { messages: [{ role: 'user', content: `row ${number}` }] }));
    const all = new Limiter('all', { concurrency: 1 }, 0);
    const bench = workflowBench({
      clock,
      rows: Array.from({ length: 12 }, () => row),
      models: [null],
      openRows: 3,
      limits: () => (shared ? [all] : { concurrency: 1 }),
      attempts: 3,
    });
    await clock.runUntil(bench.run());
    expect(bench.ends.size).toBe(12);
    for (const end of bench.ends.values()) {
      expect(end).toMatchObject({ answer: { status: 'ok' } });
    }
    for (const model of [a, b]) expect(model.mostInFlight).toBe(1);
    // Without a time of the server's the pauses between refusals double.
    const late = code === 'rate_limited' ? 2.1 : 1.3;
    expect(clock.monotonicMs()).toBeLessThan(late * OUTAGE_MS[1] + 12 * 13 * 2 * 20);
  }
});
