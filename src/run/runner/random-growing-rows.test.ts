import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeModel } from '../../../test/support/fake-model.ts';
import { numberOfText } from '../../../test/support/number-of-text.ts';
import { StartedModel } from '../../../test/support/started-model.ts';
import {
  FakeJournal,
  type WorkflowBench,
  workflowBench,
} from '../../../test/support/workflow-bench.ts';
import { ONLY_CALL } from '../../core/answer.ts';
import { CallError } from '../../core/call-error.ts';
import type { WorkflowContext } from '../../core/workflow.ts';
import { parseJournalLine } from '../../store/index.ts';
import type { RowPlan } from '../rows/row-plan.ts';

const NAME = 'rows';

/** What a row takes: only its call, calls one after the other, or at once, or it was never one call. */
const program = fc.record({
  kind: fc.constantFrom('call' as const, 'again' as const, 'parts' as const, 'workflow' as const),
  /** How many calls may follow the first one. */
  further: fc.integer({ min: 0, max: 4 }),
});

const world = fc.record({
  programs: fc.array(program, { minLength: 1, maxLength: 5 }),
  rows: fc.integer({ min: 1, max: 14 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  openRows: fc.integer({ min: 1, max: 6 }),
  models: fc.integer({ min: 1, max: 2 }),
  ownLanes: fc.boolean(),
  firstAlone: fc.boolean(),
  latencies: fc.array(fc.constantFrom(0, 1, 7, 30, 110), { minLength: 5, maxLength: 9 }),
  /** Which texts are refused; which answers are not enough. */
  failures: fc.array(fc.boolean(), { minLength: 5, maxLength: 9 }),
  lacking: fc.array(fc.boolean(), { minLength: 3, maxLength: 7 }),
  killsMs: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 4 }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

function pick<Item>(list: readonly Item[], text: string): Item {
  return list[numberOfText(text) % list.length]!;
}

function modelsOf(clock: FakeClock, { models, latencies, failures }: World): FakeModel[] {
  return Array.from({ length: models }, (_, k) => {
    const reply = (text: string) => ({
      latencyMs: pick(latencies, text),
      ...(pick(failures, `${text}!`) && { error: new CallError('bad_request', 'no') }),
    });
    const Kind = k % 2 === 0 ? StartedModel : FakeModel;
    return new Kind(clock, reply, { reference: `fake/${k}` });
  });
}

const requestOf = (content: string) => ({
  ...{ messages: [{ role: 'user' as const, content }], parameters: {}, choices: 1 },
});

/** The plan of a row: which of its answers are enough, and how many follow, is decided by their texts alone. */
function planOf(row: number, model: FakeModel, { programs, lacking }: World): RowPlan {
  const { kind, further } = programs[row % programs.length]!;
  const request = requestOf(`row ${row} ${NAME}`);
  if (kind === 'call') return { kind: 'call', model, request };
  const lacks = ({ texts }: { readonly texts: readonly string[] }) =>
    pick(lacking, texts[0] ?? `none of row ${row}`);
  const run = async ({ ask, note }: WorkflowContext) => {
    const first = await ask(NAME, model, request);
    const told = (answer: typeof first) => answer.texts[0] ?? answer.error!.code;
    if (!lacks(first)) return told(first);
    note({ grown: true });
    const named = (k: number) => `${NAME}/${kind}/${k}`;
    const next = (k: number) => ask(named(k), model, requestOf(`row ${row} ${named(k)}`));
    const numbers = Array.from({ length: further }, (_, k) => k);
    if (kind === 'parts') return (await Promise.all(numbers.map(next))).map(told);
    const texts = [told(first)];
    for (const k of numbers) {
      const answer = await next(k);
      texts.push(told(answer));
      if (!lacks(answer)) break;
    }
    return texts;
  };
  if (kind === 'workflow') return { kind: 'workflow', run };
  const isEnough = (answer: Parameters<typeof lacks>[0]) => !lacks(answer);
  return { kind: 'call', model, request, more: { name: NAME, isEnough, run } };
}

function benchOf(given: World, clock: FakeClock, models: readonly FakeModel[], lines: string[]) {
  const modelOf = (row: number) => models[row % models.length]!;
  return workflowBench({
    clock,
    rows: Array.from({ length: given.rows }, (_, row) => planOf(row, modelOf(row), given)),
    models: given.ownLanes ? models : [null],
    entryOf: (row) => (given.ownLanes ? row % models.length : 0),
    openRows: given.openRows,
    firstAlone: given.firstAlone,
    limits: () => ({ concurrency: given.concurrency }),
    journal: new FakeJournal(lines),
  });
}

/** What became of each row, whether it ended with its only call or with a line of its own. */
function resultsOf({ journal, table }: WorkflowBench): readonly string[] {
  return Array.from({ length: table.rowCount }, (_, row) => {
    expect(['answered', 'failed']).toContain(table.stateOf(row));
    const parsed = parseJournalLine(journal.lines[table.lastLineOf(row)]!);
    if (parsed.kind !== 'entry' || parsed.entry.type === 'reopened') return expect.fail('no end');
    const { entry } = parsed;
    if (entry.type === 'row') {
      expect(entry.end.answer.error).toBeNull();
      return JSON.stringify([row, entry.end.result, entry.end.notes]);
    }
    return JSON.stringify([row, entry.answer.texts[0] ?? entry.answer.error!.code]);
  });
}

/** Texts that were asked and how often, of all models. */
function asked(models: readonly FakeModel[]): readonly string[] {
  return models.flatMap(({ requests }) => requests.map(({ text }) => text));
}

/** The calls that a journal has, as the texts that they ask; of rows of one call there is no name. */
function savedTexts(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const { type, row, call = NAME } = JSON.parse(line);
    return type === 'row' ? [] : [`row ${row} ${call === ONLY_CALL ? NAME : call}`];
  });
}

it('rows that grow end once over kills, and nothing is asked twice but what was in flight', async () => {
  let grown = 0;
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const clock = new FakeClock();
      const models = modelsOf(clock, given);
      let lines: readonly string[] = [];
      let lost = 0;
      for (let life = 0; life <= given.killsMs.length; life++) {
        const bench = benchOf(given, clock, models, [...lines]);
        const done = bench.run();
        const killMs = given.killsMs[life];
        if (killMs === undefined) {
          await clock.runUntil(done);
          resultsOf(bench);
        } else {
          await clock.advance(killMs);
          for (const { inFlight } of bench.runner.status()) lost += inFlight;
          bench.journal.kill();
          bench.abort.abort();
          await clock.advance(200);
        }
        expect(bench.stale).toEqual([]);
        lines = bench.journal.lines;
      }
      const saved = savedTexts(lines);
      expect(new Set(saved).size).toBe(saved.length);
      expect(new Set(asked(models))).toEqual(new Set(saved));
      expect(asked(models).length - saved.length).toBeLessThanOrEqual(lost);
      const ends = lines.flatMap((line) => {
        const { type, row } = JSON.parse(line);
        return type === 'row' ? [row] : [];
      });
      grown += ends.length;
      expect(new Set(ends).size).toBe(ends.length);
    }),
    { numRuns: 200 },
  );
  expect(grown).toBeGreaterThan(200);
});

it('rows that grow come to the same from every beginning of their journal, and ask only what it lacks', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const run = async (lines: readonly string[]) => {
        const clock = new FakeClock();
        const models = modelsOf(clock, given);
        const bench = benchOf(given, clock, models, [...lines]);
        await clock.runUntil(bench.run());
        expect(bench.stale).toEqual([]);
        return { results: resultsOf(bench), asked: asked(models), lines: bench.journal.lines };
      };
      const whole = await run([]);
      for (let length = 1; length <= whole.lines.length; length++) {
        const beginning = whole.lines.slice(0, length);
        const again = await run(beginning);
        expect(again.results).toEqual(whole.results);
        const all = [...savedTexts(beginning), ...again.asked];
        expect(all.toSorted()).toEqual(whole.asked.toSorted());
      }
    }),
    { numRuns: 60 },
  );
});

it('a row whose answer is enough has the journal of a row of one call', async () => {
  const given = {
    ...fc.sample(world, { numRuns: 1, seed: 7 })[0]!,
    killsMs: [],
    rows: 6,
    models: 1,
  };
  const linesOf = async (kind: 'call' | 'again') => {
    const clock = new FakeClock();
    const own = { ...given, lacking: [false, false, false], programs: [{ kind, further: 2 }] };
    const bench = benchOf(own, clock, modelsOf(clock, own), []);
    await clock.runUntil(bench.run());
    return bench.journal.lines;
  };
  const lines = await linesOf('again');
  expect(lines).toHaveLength(6);
  expect(lines).toEqual(await linesOf('call'));
});
