import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeJournal } from '../../../test/support/workflow-bench.ts';
import { CallError } from '../../core/call-error.ts';
import { type LaneDescription, Session } from '../../run/index.ts';
import type { Consortium } from './consortium.ts';
import { consortiumBench, consortiumOf, votersOf } from './consortium-bench.test-support.ts';
import { consortiumModel } from './consortium-model.ts';
import { resultReply, type Script, ScriptedModel } from './talking-member.test-support.ts';

const NO = new CallError('bad_request', 'no');
const KEY = new CallError('unauthorized', 'bad key', { httpStatus: 401 });

function team(clock: FakeClock, scripts: readonly Script[], more: Partial<Consortium> = {}) {
  const members = scripts.map((script, at) => new ScriptedModel(clock, `m${at}`, script));
  const judge = new ScriptedModel(clock, 'judge', (request) =>
    resultReply(request, { synthesis: 'All' }),
  );
  return { members, judge, consortium: consortiumOf(members, { arbiters: [judge], ...more }) };
}
const says: Script = () => 'I say';

/** Asks a consortium one question, and gathers the lines of its progress. */
async function progressOf(clock: FakeClock, consortium: Consortium): Promise<string[]> {
  const model = consortiumModel(consortium);
  const lines: string[] = [];
  const asked = { messages: [{ role: 'user', content: 'Which?' }] } as const;
  const bench = consortiumBench(clock, consortium, 1, {
    models: [model],
    rows: [
      async (_, { ask }) => {
        await ask('turn/0', model, asked, { onProgress: (line) => lines.push(line) });
        return null;
      },
    ],
  });
  await clock.runUntil(bench.run());
  return lines;
}

describe('a row of a consortium', () => {
  it('has its sums, its name, its time, and how it came to its answer', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, says, () => ({ error: NO })]);
    const bench = consortiumBench(clock, consortium, 1);
    await clock.runUntil(bench.run());
    const { result, answer } = bench.ends.get(0)!;
    expect(result).toBe('All');
    expect(answer).toMatchObject({
      status: 'ok',
      model: 'team',
      latencyMs: 2000,
      costUsd: 0.003,
      attempts: 4,
    });
    expect(answer.details?.consortium).toMatchObject({
      status: 'degraded',
      confidence_source: 'arbiter',
      timed_out: 0,
    });
    expect(JSON.stringify(answer.details)).not.toContain('I say');
    const line = JSON.parse(bench.journal.lines.at(-1)!);
    expect(line).toMatchObject({
      type: 'row',
      answer: {
        model: 'team',
        consortium: { status: 'degraded', degraded: ['m2#3 is missing: no'] },
      },
    });
  });

  it('does not know its cost where the price of one that answered is not known', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, says, says]);
    const free = new ScriptedModel(clock, 'free', () => ({
      text: 'I say',
      generation: { costUsd: null },
    }));
    const bench = consortiumBench(
      clock,
      { ...consortium, members: [...consortium.members, { id: 'free#1', model: free }] },
      1,
    );
    await clock.runUntil(bench.run());
    expect(bench.ends.get(0)!.answer).toMatchObject({
      costUsd: null,
      details: { consortium: { cost_usd: null } },
    });
  });

  it('fails below the quorum, with what there is to tell', async () => {
    const clock = new FakeClock();
    const { judge, consortium } = team(clock, [says, () => ({ error: NO }), () => ({ error: NO })]);
    const bench = consortiumBench(clock, consortium, 1);
    await clock.runUntil(bench.run());
    const { result, answer } = bench.ends.get(0)!;
    expect(result).toBeNull();
    expect(answer).toMatchObject({
      status: 'error',
      error: { code: 'quorum_missed', retryable: false },
    });
    expect(answer.details?.consortium).toMatchObject({ status: 'failed', answer: null });
    expect(judge.requests).toEqual([]);
  });

  it('stays open where lanes have ended so that the quorum cannot be met, and is gone on with later', async () => {
    const clock = new FakeClock();
    let isGood = false;
    const keyed: Script = () => (isGood ? 'I say' : { error: KEY });
    const { members, consortium } = team(clock, [says, keyed, keyed]);
    const bench = consortiumBench(clock, consortium, 2);
    await clock.runUntil(bench.run());
    expect(bench.ends.size).toBe(0);
    expect(bench.journal.lines).toHaveLength(2);
    isGood = true;
    const next = consortiumBench(clock, consortium, 2, {
      journal: new FakeJournal(bench.journal.lines),
    });
    await clock.runUntil(next.run());
    expect([...next.ends.values()].map(({ answer }) => answer.details?.consortium?.status)).toEqual(
      ['complete', 'complete'],
    );
    expect(members[0]!.requests).toHaveLength(2);
    expect(next.stale).toEqual([]);
  });

  it('is degraded where a lane has ended, and the quorum is met all the same', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, says, () => ({ error: KEY })]);
    const bench = consortiumBench(clock, consortium, 1);
    await clock.runUntil(bench.run());
    expect(bench.ends.get(0)!.answer.details?.consortium).toMatchObject({
      status: 'degraded',
      answered: 2,
    });
  });

  it('has the error of the lane for its answer where its caller can do without it', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, () => ({ error: KEY })]);
    const model = consortiumModel({ ...consortium, quorum: 2 });
    const told: unknown[] = [];
    const bench = consortiumBench(clock, consortium, 1, {
      models: [model],
      rows: [
        async (_, { ask }) => {
          const answer = await ask(
            'turn/0',
            model,
            { messages: [{ role: 'user', content: 'Which?' }] },
            { optional: true },
          );
          told.push(answer.error?.code, answer.laneEnded);
          return null;
        },
      ],
    });
    await clock.runUntil(bench.run());
    expect(told).toEqual(['unauthorized', true]);
  });

  it('stays open within another consortium, too, whose quorum needs it', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, () => ({ error: KEY })], {
      name: 'inner',
      quorum: 2,
    });
    const outer = team(clock, [says]);
    const both = {
      ...outer.consortium,
      quorum: 2,
      members: [...outer.consortium.members, { id: 'inner#1', model: consortiumModel(consortium) }],
    };
    const bench = consortiumBench(clock, both, 1);
    await clock.runUntil(bench.run());
    expect(bench.ends.size).toBe(0);
  });

  it('tells how far it has come, as one line', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, () => ({ text: 'x', latencyMs: 2000 }), says]);
    expect(await progressOf(clock, consortium)).toEqual([
      'round 1: 0 of 3 answered',
      'round 1: 1 of 3 answered',
      'round 1: 2 of 3 answered',
      'round 1: 3 of 3 answered',
      'round 1: the arbiter is asked',
    ]);
  });

  it('tells of tries of an arbiter that fail, and who is asked in its place', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, says]);
    const second = new ScriptedModel(clock, 'second', (request) =>
      resultReply(request, { synthesis: 'All' }),
    );
    const hanging = new ScriptedModel(clock, 'first', () => ({ hangs: true }));
    const lines = await progressOf(clock, { ...consortium, arbiters: [hanging, second] });
    expect(lines.slice(3)).toEqual([
      'round 1: the arbiter is asked',
      ...Array(3).fill('round 1: a try of the arbiter has failed: no complete answer within 10 s'),
      'round 1: the arbiter second is asked',
    ]);
  });

  it('counts as an answer only what is one: not what is missing, nor what is not waited for', async () => {
    const clock = new FakeClock();
    const late: Script = () => ({ text: 'I say', latencyMs: 9_000 });
    const { members } = team(clock, [says, () => ({ error: NO }), says, says, late]);
    const strategies = [{ name: 'voting', parameters: { extract: 'text' } }] as const;
    const lines = await progressOf(clock, votersOf(members, { strategies }));
    expect(lines.at(-1)).toBe('round 1: 3 of 5 answered, 1 missing, 1 not waited for');
  });
});

describe('a consortium that is stopped once', () => {
  it('starts no further part, keeps what was in flight, and leaves the row open', async () => {
    const clock = new FakeClock();
    const { members, judge, consortium } = team(clock, [says, says, says]);
    const bench = consortiumBench(clock, consortium, 1);
    const done = bench.run();
    await clock.advance(500);
    bench.drain.abort();
    await clock.runUntil(done);
    expect(bench.ends.size).toBe(0);
    expect(bench.journal.lines).toHaveLength(3);
    expect(judge.requests).toEqual([]);
    const next = consortiumBench(clock, consortium, 1, {
      journal: new FakeJournal(bench.journal.lines),
    });
    await clock.runUntil(next.run());
    expect(next.ends.get(0)!.result).toBe('All');
    expect(members.map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
  });

  it('has its answer where the last part in flight completes it', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, says, says]);
    const bench = consortiumBench(clock, consortium, 1);
    const done = bench.run();
    await clock.advance(1500);
    bench.drain.abort();
    await clock.runUntil(done);
    expect(bench.ends.get(0)!.result).toBe('All');
  });
});

describe('a consortium that is stopped at once', () => {
  it('closes every connection within 0.2 s, and never answers', async () => {
    const clock = new FakeClock();
    const { members, consortium } = team(clock, [says, () => ({ hangs: true }), says]);
    const bench = consortiumBench(clock, consortium, 1);
    const done = bench.run();
    await clock.advance(500);
    const startMs = clock.monotonicMs();
    bench.abort.abort();
    await clock.runUntil(done);
    expect(clock.monotonicMs() - startMs).toBeLessThanOrEqual(200);
    expect(members.map(({ inFlight }) => inFlight)).toEqual([0, 0, 0]);
    expect(bench.ends.size).toBe(0);
  });

  it('by whoever asked closes every connection within 0.2 s', async () => {
    const clock = new FakeClock();
    const { members, consortium } = team(clock, [says, () => ({ hangs: true }), says]);
    const gone = new AbortController();
    const model = consortiumModel(consortium);
    const bench = consortiumBench(clock, consortium, 1, {
      models: [model],
      rows: [
        async (_, { ask }) => {
          const answer = await ask(
            'turn/0',
            model,
            { messages: [{ role: 'user', content: 'Which?' }] },
            { signal: gone.signal },
          );
          return answer.error?.code ?? null;
        },
      ],
    });
    const done = bench.run();
    await clock.advance(500);
    gone.abort();
    await clock.advance(200);
    expect(members.map(({ inFlight }) => inFlight)).toEqual([0, 0, 0]);
    await clock.runUntil(done);
    expect(bench.ends.get(0)!.result).toBe('cancelled');
  });
});

/** The limits of an account that all lanes share. */
function accountOf(clock: FakeClock, limits: LaneDescription['limiters'][number]['limits']) {
  const name = 'account';
  return new Session(clock).lane({ name, limiters: [{ name, limits }] }).limiters;
}

describe('the lanes of members', () => {
  it('let a consortium in a consortium end with one call at a time', async () => {
    const clock = new FakeClock();
    const inner = team(clock, [says, says], { name: 'inner' });
    const { consortium } = team(clock, [says, says]);
    const member = { id: 'inner#1', model: consortiumModel(inner.consortium) };
    const nested = { ...consortium, members: [...consortium.members, member] };
    const account = accountOf(clock, { concurrency: 1 });
    const bench = consortiumBench(clock, nested, 5, { limits: () => account });
    await clock.runUntil(bench.run());
    const ends = [...bench.ends.values()].map(({ answer }) => answer.details?.consortium?.status);
    expect(ends).toEqual(Array.from({ length: 5 }, () => 'complete'));
    expect(clock.monotonicMs()).toBe(5 * 6 * 1000);
  });

  it('take no time from a member that stands behind others: many rows, few calls at once', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, says, says], { memberTimeoutMs: 2500 });
    const bench = consortiumBench(clock, consortium, 20, { limits: () => ({ concurrency: 1 }) });
    await clock.runUntil(bench.run());
    const ends = [...bench.ends.values()].map(({ answer }) => answer.details?.consortium?.status);
    expect(ends).toEqual(Array.from({ length: 20 }, () => 'complete'));
  });

  it('hold up nobody else of their account when one is refused', async () => {
    const clock = new FakeClock();
    const account = accountOf(clock, { concurrency: 10 });
    const refused = new CallError('rate_limited', 'slow down', {
      httpStatus: 429,
      retryAfterMs: 30_000,
    });
    const { members, consortium } = team(clock, [
      says,
      (_, number) => (number === 1 ? { error: refused, latencyMs: 1 } : 'late'),
      says,
    ]);
    const bench = consortiumBench(clock, consortium, 1, { limits: () => account });
    await clock.runUntil(bench.run());
    expect(members[0]!.startsMs).toEqual([0]);
    expect(members[2]!.startsMs).toEqual([0]);
    expect(members[1]!.startsMs[1]).toBeGreaterThanOrEqual(30_000);
    expect(bench.ends.get(0)!.answer.details?.consortium?.status).toBe('complete');
  });

  it('take 33 questions of 4 parts at 10 calls/s in little more than what the limit takes', async () => {
    const clock = new FakeClock();
    const { consortium } = team(clock, [says, says, says]);
    const account = accountOf(clock, { requestsPerMinute: 600 });
    const bench = consortiumBench(clock, consortium, 40, { limits: () => account });
    await clock.runUntil(bench.run());
    expect(bench.ends.size).toBe(40);
    expect(clock.monotonicMs()).toBeLessThan(20_000);
  });
});

const script = fc.record({
  latencyMs: fc.constantFrom(1, 50, 400, 900),
  fate: fc.constantFrom('says', 'says', 'says', 'fails', 'empty', 'hangs', 'refused once'),
});
const world = fc.record({
  members: fc.array(script, { minLength: 1, maxLength: 5 }),
  inner: fc.array(script, { minLength: 0, maxLength: 3 }),
  arbiter: fc.constantFrom('reads', 'unread', 'fails', 'iterates'),
  votes: fc.boolean(),
  all: fc.boolean(),
  rows: fc.integer({ min: 1, max: 4 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  killsMs: fc.array(fc.integer({ min: 0, max: 2500 }), { maxLength: 3 }),
});

it('random consortiums end each row once over kills, ask nothing again, and come to what they would have', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const clock = new FakeClock();
      const behave =
        ({ latencyMs, fate }: (typeof given.members)[number], name: string): Script =>
        (_, number) => {
          if (fate === 'fails') return { error: NO, latencyMs };
          if (fate === 'hangs') return { hangs: true };
          if (fate === 'empty') return { text: ' ', latencyMs };
          if (fate === 'refused once' && number === 1)
            return {
              error: new CallError('rate_limited', 'wait', { httpStatus: 429, retryAfterMs: 300 }),
              latencyMs,
            };
          return { text: `I, ${name}\nAnswer: ${name.length % 2}`, latencyMs };
        };
      const arbiter: Script = (request) => {
        if (given.arbiter === 'fails') return { error: NO };
        if (given.arbiter === 'unread') return 'text';
        return resultReply(request, {
          synthesis: 'All',
          confidence: 0.5,
          iterate: given.arbiter === 'iterates',
        });
      };
      const models = given.members.map(
        (one, at) => new ScriptedModel(clock, `m${at}`, behave(one, 'x'.repeat(at % 3))),
      );
      const innerModels = given.inner.map(
        (one, at) => new ScriptedModel(clock, `i${at}`, behave(one, 'y'.repeat(at % 3))),
      );
      const judge = new ScriptedModel(clock, 'judge', arbiter);
      const usual = { arbiters: [judge], memberTimeoutMs: 1500, maxIterations: 2, all: given.all };
      const inner =
        given.inner.length === 0
          ? []
          : [consortiumModel(consortiumOf(innerModels, { ...usual, name: 'inner' }))];
      const make = given.votes ? votersOf : consortiumOf;
      const consortium = make([...models, ...inner], usual);
      let lines: readonly string[] = [];
      const ended = new Map<number, unknown>();
      let places = 0;
      for (let life = 0; life <= given.killsMs.length; life++) {
        const bench = consortiumBench(clock, consortium, given.rows, {
          journal: new FakeJournal(lines),
          limits: () => ({ concurrency: given.concurrency }),
        });
        const done = bench.run();
        const killMs = given.killsMs[life];
        if (killMs === undefined) await clock.runUntil(done);
        else {
          await clock.advance(killMs);
          for (const { inFlight } of bench.runner.status()) places += inFlight;
          bench.journal.kill();
          bench.abort.abort();
          await clock.advance(200);
        }
        for (const [row, { answer }] of bench.ends) {
          expect(ended.has(row)).toBe(false);
          ended.set(row, answer.details?.consortium);
        }
        expect(bench.stale).toEqual([]);
        lines = bench.journal.lines;
      }
      expect(ended.size).toBe(given.rows);
      for (const told of ended.values()) {
        expect(['complete', 'degraded', 'failed']).toContain((told as { status: string }).status);
      }
      const names = lines.map((line) => {
        const { row, call = 'end' } = JSON.parse(line);
        return `${row} ${call}`;
      });
      expect(new Set(names).size).toBe(names.length);
      const all = [...models, ...innerModels, judge];
      const sent = all.reduce((sum, { requests }) => sum + requests.length, 0);
      const saved = lines.reduce((sum, line) => {
        const { type, answer } = JSON.parse(line);
        return type === 'row' ? sum : sum + answer.attempts;
      }, 0);
      expect(sent).toBeGreaterThanOrEqual(saved);
      // A refused call that was killed between two of its tries had more than one.
      expect(sent - saved).toBeLessThanOrEqual(
        2 * places + given.members.length + given.inner.length,
      );
    }),
    { numRuns: 100 },
  );
});
