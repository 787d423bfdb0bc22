import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeModel } from '../../../test/support/fake-model.ts';
import { numberOfText } from '../../../test/support/number-of-text.ts';
import { StartedModel } from '../../../test/support/started-model.ts';
import { FakeJournal, workflowBench } from '../../../test/support/workflow-bench.ts';
import { CallError } from '../../core/call-error.ts';
import type { JsonValue } from '../../core/json.ts';
import { type CompositeModel, type Model, simpleModels } from '../../core/model.ts';
import { textOf, type Workflow, type WorkflowContext } from '../../core/workflow.ts';

/** What a random workflow does. */
type Step =
  | { readonly kind: 'ask'; readonly model: number; readonly strict: boolean }
  | { readonly kind: 'sequence' | 'all' | 'race'; readonly steps: readonly Step[] }
  /** The first step is cancelled when the second one is done. */
  | { readonly kind: 'cancel'; readonly steps: readonly [Step, Step] };

const { step } = fc.letrec<{ step: Step }>((tie) => {
  const ask = fc.record({
    kind: fc.constant('ask' as const),
    model: fc.integer({ min: 0, max: 4 }),
    strict: fc.boolean(),
  });
  const steps = fc.array(tie('step'), { minLength: 1, maxLength: 3 });
  const several = fc.record({
    kind: fc.constantFrom('sequence' as const, 'all' as const, 'race' as const),
    steps,
  });
  const cancel = fc.record({
    kind: fc.constant('cancel' as const),
    steps: fc.tuple(tie('step'), tie('step')),
  });
  return {
    step: fc.oneof({ maxDepth: 3 }, { weight: 3, arbitrary: ask }, several, cancel),
  };
});

const world = fc.record({
  programs: fc.array(step, { minLength: 1, maxLength: 5 }),
  rows: fc.integer({ min: 1, max: 12 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  openRows: fc.integer({ min: 1, max: 6 }),
  ownLanes: fc.boolean(),
  latencies: fc.array(fc.constantFrom(0, 1, 7, 30, 110), { minLength: 5, maxLength: 9 }),
  failures: fc.array(fc.boolean(), { minLength: 4, maxLength: 7 }),
  killsMs: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 4 }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** Two simple models, one of them as those of endpoints are, a panel of both, a panel of a panel, and one that takes whoever is first. */
function modelsOf(clock: FakeClock, { latencies, failures }: World): Model[] {
  const [a, b] = [FakeModel, StartedModel].map((Kind, k) => {
    const reference = 'ab'[k]!;
    const reply = (text: string) => {
      const number = numberOfText(`${reference} ${text}`);
      const latencyMs = latencies[number % latencies.length]!;
      return failures[number % failures.length]
        ? { latencyMs, error: new CallError('bad_request', 'no') }
        : { latencyMs };
    };
    return new Kind(clock, reply, { reference });
  }) as [FakeModel, FakeModel];
  const panel = (reference: string, first: boolean, ...models: Model[]): CompositeModel => ({
    reference,
    severalChoices: false,
    models,
    workflow: async (request, { ask }) => {
      const asked = models.map((one, k) => ask(`members/${k}`, one, request));
      const answers = first ? [await Promise.race(asked)] : await Promise.all(asked);
      const texts = [answers.map(({ texts: [text] }) => text ?? '-').join('+')];
      const nothing = { finishReason: 'stop', model: null, costUsd: null, requestId: null };
      return { ...nothing, texts, usage: answers[0]!.usage };
    },
  });
  const both = panel('both', false, a, b);
  return [a, b, both, panel('nested', false, both, a), panel('first', true, a, b)];
}

async function runStep(
  one: Step,
  name: string,
  context: WorkflowContext & { readonly models: readonly Model[]; readonly cancel?: AbortSignal },
  question: string,
): Promise<string> {
  if (one.kind === 'ask') {
    const { cancel, models } = context;
    const content = `${question} ${name}`;
    const answer = await context.ask(
      name,
      models[one.model]!,
      { messages: [{ role: 'user', content }] },
      { signal: cancel },
    );
    return one.strict ? textOf(answer).slice(0, 9) : (answer.error?.code ?? 'ok');
  }
  const nameOf = (k: number) => `${name}/${k}`;
  if (one.kind === 'cancel') {
    const stop = new AbortController();
    const [cancelled, until] = one.steps;
    const left = runStep(cancelled, nameOf(0), { ...context, cancel: stop.signal }, question);
    const right = runStep(until, nameOf(1), context, question).finally(() => stop.abort());
    return (await Promise.all([left, right])).join();
  }
  if (one.kind === 'sequence') {
    let said = question;
    for (const [k, part] of one.steps.entries()) {
      said = await runStep(part, nameOf(k), context, said);
    }
    return said;
  }
  const parts = one.steps.map((part, k) => runStep(part, nameOf(k), context, question));
  for (const part of parts) part.catch(() => {});
  return one.kind === 'race' ? Promise.race(parts) : (await Promise.all(parts)).join();
}

it('random workflows end each row once over kills, and no paid answer is asked for again', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const clock = new FakeClock();
      const models = modelsOf(clock, given);
      let open = 0;
      let mostOpen = 0;
      const ended = new Set<number>();
      const row: Workflow<number, JsonValue> = async (number, context) => {
        expect(ended.has(number)).toBe(false);
        mostOpen = Math.max(mostOpen, ++open);
        const program = given.programs[number % given.programs.length]!;
        return runStep(program, 'x', { ...context, models }, `row ${number}`);
      };
      let lines: readonly string[] = [];
      let places = 0;
      for (let life = 0; life <= given.killsMs.length; life++) {
        open = 0;
        mostOpen = 0;
        const bench = workflowBench({
          clock,
          rows: Array.from({ length: given.rows }, () => row),
          models: given.ownLanes ? [models[0]!, models[2]!] : [null],
          entryOf: (number) => (given.ownLanes ? number % 2 : 0),
          openRows: given.openRows,
          limits: () => ({ concurrency: given.concurrency }),
          journal: new FakeJournal(lines),
        });
        const entries = given.ownLanes ? 2 : 1;
        const noteEnds = () => {
          for (const number of bench.ends.keys()) ended.add(number);
        };
        const done = bench.run().then(noteEnds);
        const killMs = given.killsMs[life];
        if (killMs === undefined) await clock.runUntil(done);
        else {
          await clock.advance(killMs);
          noteEnds();
          for (const { inFlight } of bench.runner.status()) places += inFlight;
          bench.journal.kill();
          bench.abort.abort();
          await clock.advance(200);
        }
        // A row has left its place a moment after its end was begun to be written.
        expect(mostOpen).toBeLessThanOrEqual(given.rows);
        if (life === 0 && killMs === undefined && ended.size === 0) expect(given.rows).toBe(0);
        expect(bench.stale).toEqual([]);
        expect(open - bench.ends.size).toBeLessThanOrEqual(given.openRows * entries);
        lines = bench.journal.lines;
      }
      expect(ended.size).toBe(given.rows);
      const names = lines.map((line) => {
        const { row: number, call = 'end' } = JSON.parse(line);
        return `${number} ${call}`;
      });
      expect(new Set(names).size).toBe(names.length);
      const sent = [...new Set(models.flatMap(simpleModels))].reduce(
        (sum, one) => sum + (one as FakeModel).requests.length,
        0,
      );
      const saved = lines.reduce((sum, line) => {
        const { type, answer } = JSON.parse(line);
        return type === 'row' ? sum : sum + answer.attempts;
      }, 0);
      expect(sent - saved).toBeLessThanOrEqual(places);
      expect(sent).toBeGreaterThanOrEqual(saved);
    }),
    { numRuns: 150 },
  );
});
