import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeJournal, workflowBench } from '../../test/support/workflow-bench.ts';
import type { JsonValue } from '../core/json.ts';
import type { GenerateOptions, GenerateRequest, Generation, SimpleModel } from '../core/model.ts';
import type { Workflow } from '../core/workflow.ts';
import { fenceKey } from '../judge/index.ts';
import { askForReply } from './reply-workflow.ts';
import { readReplyForm, type WantedReply } from './row/reply-form.ts';

function wanted(form: string, row: number): WantedReply {
  const reply = readReplyForm(form, fenceKey({ seed: 0, judge: 'j', texts: [`${row}`] }));
  if ('problem' in reply) throw new Error(reply.problem);
  return reply;
}

const FORMS = ['score:1-5', 'label:yes,no', 'list:2', 'via:German'];
/** What is between the tags of a good reply. */
const GOOD: Readonly<Record<string, string>> = {
  verdict: '{"score": 3, "label": "yes"}',
  list: '["one", "two"]',
  translation: '{"from": "English", "text": "eins"}',
};

/** A model whose reply to the first ask of a row is good or bad, and so is that to the second. */
class MoodyModel implements SimpleModel {
  readonly reference = 'm';
  readonly severalChoices = true;
  /** Asks by their last message. */
  readonly asked: string[] = [];
  readonly #clock: FakeClock;
  readonly #latencyMs: number;
  readonly #isGood: (row: number, ask: number) => boolean;

  constructor(clock: FakeClock, latencyMs: number, isGood: (row: number, ask: number) => boolean) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
    this.#isGood = isGood;
  }

  async generate({ messages }: GenerateRequest, { signal }: GenerateOptions): Promise<Generation> {
    const content = String(messages[0]!.content);
    const [, row = '', tag = 'none', key = ''] = /^(\d+) (\w+) (\w+)/.exec(content) ?? [];
    this.asked.push(`${row || content} ${messages.length}`);
    await new Promise<void>((resolve, reject) => {
      const cancel = this.#clock.after(this.#latencyMs, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
    const good = `so: <${tag} key="${key}">${GOOD[tag]}</${tag}>`;
    const text = this.#isGood(Number(row), messages.length > 1 ? 1 : 0) ? good : 'five of five';
    const usage = { input: 1, output: 1, cached: null, reasoning: null };
    const rest = { finishReason: 'stop', model: null, usage, costUsd: null, requestId: null };
    return { texts: [tag === 'none' ? 'back again' : text], ...rest };
  }
}

const TAGS: Readonly<Record<string, string>> = { list: 'list', via: 'translation' };

/** Runs a row for each form, killed after some times, and goes on until all have ended. */
async function runKilled(
  forms: readonly string[],
  killsMs: readonly number[],
  isGood: (row: number, ask: number) => boolean,
) {
  const clock = new FakeClock();
  const model = new MoodyModel(clock, 20, isGood);
  const rowOf = (form: string, row: number): Workflow<number, JsonValue> => {
    const reply = wanted(form, row);
    const tag = TAGS[reply.form.kind] ?? 'verdict';
    const content = `${row} ${tag} ${reply.key}`;
    const request = { messages: [{ role: 'user', content }], parameters: {}, choices: 1 };
    return (_, { ask }) => askForReply({ reply, model, request }, ask);
  };
  let lines: readonly string[] = [];
  const results = new Map<number, JsonValue>();
  let inFlight = 0;
  for (let life = 0; life <= killsMs.length; life++) {
    const bench = workflowBench({
      clock,
      rows: forms.map(rowOf),
      journal: new FakeJournal(lines),
      limits: () => ({ concurrency: 3 }),
    });
    const done = bench.run();
    const killMs = killsMs[life];
    if (killMs === undefined) await clock.runUntil(done);
    else {
      await clock.advance(killMs);
      for (const status of bench.runner.status()) inFlight += status.inFlight;
      bench.journal.kill();
      bench.abort.abort();
      await clock.advance(100);
    }
    for (const [row, { result }] of bench.ends) {
      expect(results.has(row)).toBe(false);
      results.set(row, result);
    }
    expect(bench.stale).toEqual([]);
    lines = bench.journal.lines;
  }
  return { results, lines, model, inFlight };
}

describe('asking until a reply can be read', () => {
  it('asks nothing twice over kills but what was in flight, and loses no reply', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...FORMS), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 4 }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 7 }),
        async (forms, killsMs, moods) => {
          const isGood = (row: number, ask: number) => moods[(row * 2 + ask) % moods.length]!;
          const whole = await runKilled(forms, [], isGood);
          const killed = await runKilled(forms, killsMs, isGood);
          expect(killed.results).toEqual(whole.results);
          expect(killed.results.size).toBe(forms.length);
          const again = killed.model.asked.length - whole.model.asked.length;
          expect(again).toBeLessThanOrEqual(killed.inFlight);
          const names = killed.lines.map((line) => {
            const { row, call = 'end' } = JSON.parse(line);
            return `${row} ${call}`;
          });
          expect(new Set(names).size).toBe(names.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives the text of the last reply, readable or not', async () => {
    const good = await runKilled(['score:1-5', 'list:2', 'via:German'], [], () => true);
    expect([...good.results.values()]).toEqual([
      expect.stringContaining('{"score": 3'),
      expect.stringContaining('["one", "two"]'),
      'back again',
    ]);
    expect(good.model.asked).toHaveLength(4);
    const bad = await runKilled(['score:1-5', 'list:2', 'via:German'], [], () => false);
    expect([...bad.results.values()]).toEqual(['five of five', 'five of five', null]);
    expect(bad.model.asked).toHaveLength(6);
  });

  it('translates back without showing the original', async () => {
    const { model } = await runKilled(['via:German'], [], () => true);
    const last = model.asked.at(-1)!;
    expect(last).toContain('Translate the following text into English');
    expect(last).toContain('eins');
    expect(last).not.toContain('0 translation');
  });
});
