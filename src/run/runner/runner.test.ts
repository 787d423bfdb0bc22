import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../../test/support/fake-model.ts';
import { FakeJournal, workflowBench } from '../../../test/support/workflow-bench.ts';
import type { Answer } from '../../core/answer.ts';
import { CallError } from '../../core/call-error.ts';
import type { JsonValue } from '../../core/json.ts';
import type { CompositeModel } from '../../core/model.ts';
import { type Question, textOf, type Workflow } from '../../core/workflow.ts';
import { Limiter, ModelTurns } from '../../scheduler/index.ts';
import { parseJournalLine } from '../../store/index.ts';

const say = (text: string): Question => ({ messages: [{ role: 'user', content: text }] });
const linesOf = (journal: FakeJournal) =>
  journal.lines.map((line) => {
    const { row, call, turn, type } = JSON.parse(line);
    return type === 'row' ? `${row} end` : `${row} ${call ?? `turn/${turn}`}`;
  });
const refused = (code: 'unauthorized' | 'bad_request'): FakeReply => ({
  error: new CallError(code, `it is ${code}`, { httpStatus: 401 }),
});
const USAGE = { input: 10, output: 5, cached: null, reasoning: null };
const paid = (latencyMs: number): FakeReply => ({
  latencyMs,
  generation: { usage: USAGE, costUsd: 0.5 },
});

function model(clock: FakeClock, reference: string, reply?: (text: string) => FakeReply) {
  return new FakeModel(clock, reply, { reference });
}

describe('a workflow', () => {
  it('asks one call after the other and ends with what it returns', async () => {
    const clock = new FakeClock();
    const writer = model(clock, 'writer', () => paid(100));
    const critic = model(clock, 'critic', () => paid(50));
    const refine: Workflow<number, string> = async (_, { ask }) => {
      let text = textOf(await ask('draft', writer, say('topic')));
      for (let round = 1; round <= 2; round++) {
        const critique = textOf(await ask(`critique/${round}`, critic, say(text)));
        text = textOf(await ask(`revision/${round}`, writer, say(critique)));
      }
      return text;
    };
    const bench = workflowBench({ clock, rows: [refine] });
    const lanes = await clock.runUntil(bench.run());
    expect(linesOf(bench.journal)).toEqual([
      '0 draft',
      '0 critique/1',
      '0 revision/1',
      '0 critique/2',
      '0 revision/2',
      '0 end',
    ]);
    const { result, answer } = bench.ends.get(0)!;
    expect(result).toBe('answer to answer to answer to answer to answer to topic');
    expect(answer).toMatchObject({ status: 'ok', costUsd: 2.5, attempts: 5, latencyMs: 400 });
    expect(answer.usage).toMatchObject({ input: 50, output: 25 });
    expect(lanes).toMatchObject([
      { name: 'writer', state: 'done', answered: 3 },
      { name: 'critic', state: 'done', answered: 2 },
    ]);
    expect(clock.monotonicMs()).toBe(400);
    expect(clock.pendingTimers).toBe(0);
  });

  it('asks what follows from an answer before a new row begins', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 10 }));
    const chain: Workflow<number, JsonValue> = async (_, { ask }) => {
      for (const name of ['a', 'b', 'c']) {
        await ask(name, one, say(name));
        await Promise.resolve();
      }
      return null;
    };
    const limits = () => ({ concurrency: 1 });
    const bench = workflowBench({ clock, rows: [chain, chain, chain], models: [one], limits });
    await clock.runUntil(bench.run());
    expect(linesOf(bench.journal).filter((line) => !line.endsWith('end'))).toEqual([
      // One call stands in line behind the one that is in flight.
      ...['0 a', '1 a', '0 b', '1 b', '0 c', '1 c'],
      ...['2 a', '2 b', '2 c'],
    ]);
  });

  it('may ask side by side, more than one answer of a row never being handed over in one turn', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 10 }));
    const seen: string[] = [];
    const both: Workflow<number, JsonValue> = async (_, { ask }) => {
      const heard = async (name: string) => {
        await ask(name, one, say(name));
        seen.push(name);
        await Promise.resolve().then(() => seen.push(`after ${name}`));
      };
      await Promise.all(['a', 'b', 'c'].map(heard));
      return null;
    };
    await clock.runUntil(workflowBench({ clock, rows: [both] }).run());
    expect(seen).toEqual(['a', 'after a', 'b', 'after b', 'c', 'after c']);
    expect(clock.monotonicMs()).toBe(10);
  });

  it('has a failed call as an answer, and the error that it lets pass as the error of its row', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => refused('bad_request'));
    const errors: (string | undefined)[] = [];
    const rows: Workflow<number, JsonValue>[] = [
      async (_, { ask }) => {
        const answer = await ask('a', one, say('a'));
        errors.push(answer.error?.code);
        return textOf(answer);
      },
      async () => {
        throw new RangeError('not so');
      },
      () => {
        throw 'a text';
      },
      async () => 2n as unknown as JsonValue,
    ];
    const bench = workflowBench({ clock, rows });
    await clock.runUntil(bench.run());
    expect(errors).toEqual(['bad_request']);
    const ends = [0, 1, 2, 3].map((row) => bench.ends.get(row)!.answer.error);
    expect(ends).toMatchObject([
      { code: 'bad_request', message: 'it is bad_request' },
      { code: 'workflow_failed', message: expect.stringContaining('not so') },
      { code: 'workflow_failed', message: expect.stringContaining('a text') },
      { code: 'workflow_failed', message: expect.stringContaining('not JSON') },
    ]);
    expect(bench.table.totals()).toEqual({ rows: 4, done: 4, failed: 4 });
  });

  it('may ask nothing, and then ends with a line all the same', async () => {
    const clock = new FakeClock();
    const bench = workflowBench({ clock, rows: [async () => 7, async () => undefined as never] });
    expect(await clock.runUntil(bench.run())).toEqual([]);
    expect(linesOf(bench.journal)).toEqual(['0 end', '1 end']);
    expect(bench.ends.get(0)).toMatchObject({ result: 7, answer: { attempts: 0, costUsd: null } });
  });

  it('has an end whose line says of it what is told, whatever its only call was', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => paid(100));
    const team: CompositeModel = {
      ...{ reference: 'team', severalChoices: false, models: [one] },
      workflow: async (request, { ask }) => {
        const texts = [textOf(await ask('member', one, request))];
        return {
          usage: USAGE,
          costUsd: 0.5,
          texts,
          finishReason: 'agreed',
          model: 'team-1',
          requestId: null,
        };
      },
    };
    const rows: Workflow<number, JsonValue>[] = [
      async (_, { ask }) => textOf(await ask('a', one, say('a'))),
      async (_, { ask }) => textOf(await ask('a', team, say('a'))),
      async (_, { ask }) => {
        throw new Error(textOf(await ask('a', one, say('a'))));
      },
      async (_, { ask }) => {
        throw new Error(textOf(await ask('a', team, say('a'))));
      },
    ];
    const bench = workflowBench({ clock, rows });
    await clock.runUntil(bench.run());
    const found = bench.journal.lines.map(parseJournalLine).flatMap((line) => {
      return line.kind === 'entry' && line.entry.type === 'row' ? [line.entry] : [];
    });
    expect(found).toHaveLength(rows.length);
    for (const { row, end } of found) {
      const { lineOfAnswer: _, ...told } = bench.ends.get(row)!;
      expect(end).toEqual(told);
    }
    const models = found.map(({ row, end }) => [row, end.answer.status, end.answer.model]);
    expect(models.sort()).toEqual([
      [0, 'ok', 'fake'],
      [1, 'ok', 'team-1'],
      [2, 'error', 'fake'],
      [3, 'error', 'team-1'],
    ]);
  });

  it.each(['onRowEnd', 'onAnswer'] as const)('ends the run with what %s throws', async (name) => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => paid(100));
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      return textOf(await ask('a', one, say('a')));
    };
    const thrower = () => {
      throw new Error('mine');
    };
    const bench = workflowBench({ clock, rows: [row, row], [name]: thrower });
    await expect(clock.runUntil(bench.run())).rejects.toThrow('mine');
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends the run where its end cannot be written as a line', async () => {
    const clock = new FakeClock();
    const journal = new FakeJournal();
    journal.endRow = () => {
      throw new RangeError('Invalid string length');
    };
    const bench = workflowBench({ clock, rows: [async () => 1], journal });
    await expect(clock.runUntil(bench.run())).rejects.toThrow('Invalid string length');
  });

  it('that uses a name twice fails, whether it catches that or not', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 10 }));
    const twice: Workflow<number, JsonValue> = async (_, { ask }) => {
      await ask('a', one, say('a'));
      await ask('a', one, say('b')).catch(() => {});
      return 'fine';
    };
    const bench = workflowBench({ clock, rows: [twice] });
    await clock.runUntil(bench.run());
    expect(bench.ends.get(0)!.answer.error).toMatchObject({
      code: 'workflow_failed',
      message: expect.stringContaining('"a"'),
    });
    expect(one.requests).toHaveLength(1);
  });

  it('that waits for no call is an error after a while, during which no call was open', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 50_000 }));
    let aborted = false;
    const forgetful: Workflow<number, JsonValue> = async (_, { ask, signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      await ask('slow', one, say('a'), { timeoutMs: 80_000 });
      return new Promise<never>(() => {});
    };
    const bench = workflowBench({ clock, rows: [forgetful], rowTimeoutMs: 30_000 });
    await clock.runUntil(bench.run());
    expect(bench.ends.get(0)!.answer.error?.code).toBe('workflow_failed');
    expect(clock.monotonicMs()).toBe(80_000);
    expect(aborted).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('gives each call its own attempts and time-out', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', (text) => (text === 'hang' ? { hangs: true } : { error: 'x' }));
    const failing = new FakeModel(
      clock,
      () => ({ error: new CallError('server_error', '500', { httpStatus: 500 }) }),
      { reference: 'failing' },
    );
    const answers: Answer[] = [];
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      answers.push(await ask('a', one, say('hang'), { timeoutMs: 700, attempts: 1 }));
      answers.push(await ask('b', failing, say('b'), { attempts: 2 }));
      return null;
    };
    await clock.runUntil(workflowBench({ clock, rows: [row] }).run());
    expect(answers.map(({ error, attempts }) => [error?.code, attempts])).toEqual([
      ['timeout', 1],
      ['server_error', 2],
    ]);
  });
});

describe('calls that nobody waits for any more', () => {
  it('are cancelled by a signal, queued or in flight, and that is their answer', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 10_000 }));
    const codes: (string | undefined)[] = [];
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      const stop = new AbortController();
      clock.after(100, () => stop.abort());
      const names = ['a', 'b', 'c', 'd', 'e', 'f'];
      const asked = names.map((name) => ask(name, one, say(name), { signal: stop.signal }));
      const late = ask('late', one, say('late'), { signal: AbortSignal.abort() });
      for (const answer of await Promise.all([...asked, late])) codes.push(answer.error?.code);
      return null;
    };
    const bench = workflowBench({ clock, rows: [row] });
    await clock.runUntil(bench.run());
    expect(codes).toEqual(Array(7).fill('cancelled'));
    expect(one.requests).toHaveLength(4);
    expect(bench.journal.lines).toHaveLength(8);
    expect(clock.monotonicMs()).toBeLessThan(200);
  });

  it('are cancelled when their workflow returns, their lines before the end of the row', async () => {
    const clock = new FakeClock();
    const quick = model(clock, 'quick', () => paid(10));
    const slow = model(clock, 'slow', () => paid(5_000));
    const race: Workflow<number, string> = async (_, { ask }) =>
      textOf(await Promise.race([ask('q', quick, say('q')), ask('s', slow, say('s'))]));
    const bench = workflowBench({ clock, rows: [race], limits: () => ({ concurrency: 1 }) });
    await clock.runUntil(bench.run());
    expect(linesOf(bench.journal)).toEqual(['0 q', '0 s', '0 end']);
    expect(JSON.parse(bench.journal.lines[1]!).answer.error.code).toBe('cancelled');
    expect(bench.ends.get(0)).toMatchObject({ result: 'answer to q', answer: { status: 'ok' } });
    expect(clock.monotonicMs()).toBeLessThan(200);
  });
});

describe('a lane that ends', () => {
  it('leaves rows that need it open, lets the others end, and is asked again later', async () => {
    const clock = new FakeClock();
    const good = model(clock, 'good', () => ({ latencyMs: 10 }));
    let isBad = true;
    const bad = model(clock, 'bad', () => (isBad ? refused('unauthorized') : {}));
    const needs: Workflow<number, JsonValue> = async (_, { ask }) => {
      await ask('first', good, say('x'));
      return textOf(await ask('second', bad, say('y')));
    };
    const alone: Workflow<number, JsonValue> = async (_, { ask }) =>
      textOf(await ask('first', good, say('z')));
    const rows = [needs, alone, needs, alone];
    const bench = workflowBench({ clock, rows });
    const lanes = await clock.runUntil(bench.run());
    expect(lanes.map(({ name, state }) => `${name} ${state}`)).toEqual(['good done', 'bad failed']);
    expect([...bench.ends.keys()].sort()).toEqual([1, 3]);
    isBad = false;
    const again = workflowBench({ clock, rows, journal: bench.journal });
    await clock.runUntil(again.run());
    expect([...again.ends.keys()].sort()).toEqual([0, 2]);
    expect(good.requests).toHaveLength(4);
  });

  it('is an answer that is not kept where the caller can do without', async () => {
    const clock = new FakeClock();
    const good = model(clock, 'good', () => ({ latencyMs: 10 }));
    const bad = model(clock, 'bad', () => refused('unauthorized'));
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      const answers = await Promise.all([
        ask('bad', bad, say('y'), { optional: true }),
        ask('good', good, say('x')),
      ]);
      return answers.map(({ error, texts }) => error?.code ?? texts[0]!);
    };
    const bench = workflowBench({ clock, rows: [row, row] });
    await clock.runUntil(bench.run());
    expect(bench.ends.get(1)!.result).toEqual(['unauthorized', 'answer to x']);
    expect(linesOf(bench.journal).sort()).toEqual(['0 end', '0 good', '1 end', '1 good']);
    expect(bad.requests.length).toBeLessThanOrEqual(2);
  });

  it('stops an entry that is full of rows which need it, and no more are begun in vain', async () => {
    const clock = new FakeClock();
    const good = model(clock, 'good');
    const bad = model(clock, 'bad', () => refused('unauthorized'));
    let begun = 0;
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      begun++;
      await ask('first', good, say('x'));
      return textOf(await ask('second', bad, say('y')));
    };
    const rows = Array.from({ length: 1_000 }, () => row);
    const bench = workflowBench({ clock, rows, openRows: 20 });
    await clock.runUntil(bench.run());
    expect(begun).toBe(20);
    expect(bench.table.totals().done).toBe(0);
  });
});

describe('a run that is told to stop', () => {
  const chain =
    (one: FakeModel): Workflow<number, JsonValue> =>
    async (_, { ask }) => {
      await ask('a', one, say('a'));
      return textOf(await ask('b', one, say('b')));
    };

  it('once, lets what is in flight arrive, which may end its row, and asks nothing more', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 1_000 }));
    const single: Workflow<number, JsonValue> = async (_, { ask }) =>
      textOf(await ask('only', one, say('o')));
    const rows = [chain(one), single, chain(one), single, single, single];
    const bench = workflowBench({ clock, rows });
    const done = bench.run();
    await clock.advance(500);
    bench.drain.abort();
    const lanes = await clock.runUntil(done);
    expect(lanes).toMatchObject([{ state: 'stopped', answered: 4 }]);
    expect(linesOf(bench.journal).sort()).toEqual([
      '0 a',
      '1 end',
      '1 only',
      '2 a',
      '3 end',
      '3 only',
    ]);
    expect(clock.pendingTimers).toBe(0);
    const again = workflowBench({ clock, rows, journal: bench.journal });
    await clock.runUntil(again.run());
    expect(one.requests).toHaveLength(8);
    expect(again.table.totals()).toEqual({ rows: 6, done: 6, failed: 0 });
  });

  it('twice, ends at once: nothing that a workflow does later counts', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 1_000 }));
    let told = false;
    const row: Workflow<number, JsonValue> = async (_, { ask, signal }) => {
      signal.addEventListener('abort', () => {
        told = true;
      });
      return textOf(await ask('a', one, say('a')));
    };
    const bench = workflowBench({ clock, rows: [row] });
    const done = bench.run();
    await clock.advance(500);
    bench.abort.abort();
    await clock.runUntil(done);
    await clock.advance(5_000);
    expect(bench.journal.lines).toEqual([]);
    expect(told).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('twice, begins no row where the ends of others are on their way to the disk', async () => {
    const clock = new FakeClock();
    let begun = 0;
    const row: Workflow<number, JsonValue> = async () => ++begun;
    const bench = workflowBench({ clock, rows: Array(50).fill(row), openRows: 2 });
    const done = bench.run().then(() => [...bench.ends.keys()]);
    bench.abort.abort();
    expect(await clock.runUntil(done)).toEqual([0, 1]);
    expect(linesOf(bench.journal)).toEqual(['0 end', '1 end']);
    expect(begun).toBe(2);
  });

  it('does not wait for a workflow that waits for something else', async () => {
    const clock = new FakeClock();
    const bench = workflowBench({ clock, rows: [() => new Promise<never>(() => {})] });
    const done = bench.run();
    await clock.advance(10);
    bench.drain.abort();
    await clock.runUntil(done);
    expect(clock.monotonicMs()).toBe(10);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a run that goes on', () => {
  it('hands over the saved answers in the order of their lines and sends only what is missing', async () => {
    const clock = new FakeClock();
    const latencies: Record<string, number> = { a: 300, b: 100, c: 200, d: 50, e: 5_000 };
    const one = model(clock, 'one', (text) => ({ latencyMs: latencies[text]! }));
    const order: string[][] = [];
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      const seen: string[] = [];
      order.push(seen);
      const heard = async (name: string) => {
        const text = textOf(await ask(name, one, say(name)));
        seen.push(name);
        return text;
      };
      await Promise.all([heard('a'), heard('b').then(() => heard('d')), heard('c')]);
      return heard('e');
    };
    const bench = workflowBench({ clock, rows: [row] });
    void bench.run();
    await clock.advance(1_000);
    bench.journal.kill();
    bench.abort.abort();
    const again = workflowBench({
      clock,
      rows: [row],
      journal: new FakeJournal(bench.journal.lines),
    });
    await clock.runUntil(again.run());
    expect(order[0]).toEqual(['b', 'd', 'c', 'a']);
    expect(order[1]).toEqual(['b', 'd', 'c', 'a', 'e']);
    expect(again.ends.get(0)).toMatchObject({ result: 'answer to e', answer: { attempts: 5 } });
    expect(one.requests.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e', 'e']);
  });

  it('asks again by a saved name where the question is another one now, and tells that', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 10 }));
    const asking =
      (first: string): Workflow<number, JsonValue> =>
      async (_, { ask }) => {
        const draft = textOf(await ask('draft', one, say(first)));
        return textOf(await ask('final', one, say(draft)));
      };
    const bench = workflowBench({ clock, rows: [asking('old')] });
    const done = bench.run();
    await clock.advance(5);
    bench.drain.abort();
    await clock.runUntil(done);
    const again = workflowBench({ clock, rows: [asking('new')], journal: bench.journal });
    await clock.runUntil(again.run());
    expect(again.stale).toContain('0 draft');
    expect(again.ends.get(0)!.result).toBe('answer to answer to new');
    const third = workflowBench({ clock, rows: [asking('new')], journal: bench.journal });
    await clock.runUntil(third.run());
    expect(one.requests.filter(({ text }) => text === 'new')).toHaveLength(1);
  });

  it('asks again where the name of a model stands for another one now', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'alias', () => ({ latencyMs: 10 }));
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      await ask('a', one, say('a'));
      return textOf(await ask('b', one, say('b')));
    };
    const standingFor = (name: string) => () => ({
      reference: 'alias',
      setup: { name, limiters: [] },
    });
    const bench = workflowBench({ clock, rows: [row], describeLane: standingFor('house/small') });
    const done = bench.run();
    await clock.advance(5);
    bench.drain.abort();
    await clock.runUntil(done);
    const again = workflowBench({
      clock,
      rows: [row],
      describeLane: standingFor('house/large'),
      journal: bench.journal,
    });
    await clock.runUntil(again.run());
    expect(again.stale).toEqual(['0 a']);
    expect(one.requests).toHaveLength(3);
  });

  it('takes a lost race as it was, when its answer came before the end of the row was written', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', (text) => ({ latencyMs: { q: 10, s: 20 }[text] ?? 500 }));
    const race: Workflow<number, JsonValue> = async (_, { ask }) => {
      const first = await Promise.race([ask('q', one, say('q')), ask('s', one, say('s'))]);
      const text = textOf(first);
      return textOf(await ask('final', one, say(text)));
    };
    const bench = workflowBench({ clock, rows: [race] });
    void bench.run();
    await clock.advance(25);
    bench.journal.kill();
    bench.abort.abort();
    const saved = bench.journal.lines.length;
    expect(saved).toBe(2);
    const again = workflowBench({
      clock,
      rows: [race],
      journal: new FakeJournal(bench.journal.lines),
    });
    await clock.runUntil(again.run());
    expect(again.ends.get(0)!.result).toBe('answer to answer to q');
    expect(again.stale).toEqual([]);
  });
});

describe('a composite model', () => {
  const longer = (reference: string, ...models: CompositeModel['models']): CompositeModel => ({
    reference,
    severalChoices: false,
    models,
    workflow: async (request, { ask }) => {
      const answers = await Promise.all(
        models.map((one, k) => ask(`members/${k}`, one, request, { optional: true })),
      );
      const texts = answers.filter(({ error }) => error === null).map(textOf);
      if (texts.length === 0) throw new CallError('server_error', 'nobody has answered');
      const best = texts.reduce((a, b) => (b.length > a.length ? b : a));
      const nothing = { model: null, costUsd: null, requestId: null };
      return { ...nothing, texts: [best], finishReason: 'stop', usage: USAGE };
    },
  });

  it('is asked as a model is: its calls are those of the row, its sums theirs', async () => {
    const clock = new FakeClock();
    const a = model(clock, 'a', () => ({
      ...paid(100),
      generation: { ...paid(0).generation, texts: ['long'] },
    }));
    const b = model(clock, 'b', () => ({
      ...paid(300),
      generation: { ...paid(0).generation, texts: ['longer'] },
    }));
    const outer = longer('outer', longer('inner', a, b), a);
    let answer: Answer | undefined;
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      answer = await ask('panel', outer, say('q'));
      return textOf(answer);
    };
    const bench = workflowBench({ clock, rows: [row] });
    await clock.runUntil(bench.run());
    expect(linesOf(bench.journal).sort()).toEqual([
      '0 end',
      '0 panel/members/0/members/0',
      '0 panel/members/0/members/1',
      '0 panel/members/1',
    ]);
    expect(answer).toMatchObject({
      status: 'ok',
      texts: ['longer'],
      costUsd: 1.5,
      attempts: 3,
      latencyMs: 300,
      usage: { input: 30, output: 15 },
    });
    expect(bench.ends.get(0)!.answer).toMatchObject({ costUsd: 1.5, attempts: 3, latencyMs: 300 });
  });

  it('leaves no call to be sent where a run goes on that has its answer', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', (text) => ({ latencyMs: { a: 10, o: 20 }[text] ?? 500 }));
    const first: CompositeModel = {
      ...{ reference: 'first', severalChoices: false, models: [one] },
      workflow: async (_, { ask }) => {
        void ask('left', one, say('left'));
        const texts = [textOf(await ask('a', one, say('a')))];
        return {
          texts,
          finishReason: 'stop',
          model: null,
          usage: USAGE,
          costUsd: null,
          requestId: null,
        };
      },
    };
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      const other = ask('o', one, say('o'));
      await ask('c', first, say('q'));
      await other;
      return textOf(await ask('z', one, say('z')));
    };
    const bench = workflowBench({ clock, rows: [row] });
    await clock.runUntil(bench.run());
    expect(linesOf(bench.journal)).toEqual(['0 c/a', '0 c/left', '0 o', '0 z', '0 end']);
    const [answered, , other] = bench.journal.lines;
    for (const saved of [[answered!, other!], [answered!]]) {
      const journal = new FakeJournal(saved);
      const again = workflowBench({ clock, rows: [row], journal });
      await clock.runUntil(again.run());
      expect(linesOf(journal).sort()).toEqual(['0 c/a', '0 c/left', '0 end', '0 o', '0 z']);
    }
    expect(one.triesOf('left')).toBe(1);
  });

  it('has its rows begun up to the bound, and takes no lane, place or attempt of its own', async () => {
    const clock = new FakeClock();
    const a = model(clock, 'a', () => ({ latencyMs: 100 }));
    const b = model(clock, 'b', () => ({ latencyMs: 100 }));
    const panel = longer('panel', a, b);
    let open = 0;
    let most = 0;
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      most = Math.max(most, ++open);
      const text = textOf(await ask('turn/0', panel, say('q')));
      open--;
      return text;
    };
    const bench = workflowBench({
      clock,
      rows: Array.from({ length: 40 }, () => row),
      models: [panel],
      openRows: 12,
      limits: () => ({ concurrency: 4 }),
    });
    const lanes = await clock.runUntil(bench.run());
    expect(lanes.map(({ name, answered }) => [name, answered])).toEqual([
      ['a', 40],
      ['b', 40],
    ]);
    expect(most).toBe(12);
    expect(clock.monotonicMs()).toBe(1_000);
  });

  it('answers with what it throws, and with the error of a lane where it can be done without', async () => {
    const clock = new FakeClock();
    const bad = model(clock, 'bad', () => refused('unauthorized'));
    const strict: CompositeModel = {
      ...longer('strict', bad),
      workflow: async (request, { ask }) => {
        textOf(await ask('only', bad, request));
        throw new Error('not reached');
      },
    };
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      const answers = await Promise.all([
        ask('thrown', longer('l', bad), say('q')),
        ask('lost', strict, say('q'), { optional: true }),
      ]);
      return answers.map(({ error }) => error?.code ?? null);
    };
    const bench = workflowBench({ clock, rows: [row] });
    await clock.runUntil(bench.run());
    expect(bench.ends.get(0)!.result).toEqual(['server_error', 'unauthorized']);
  });

  it('within a composite ends with one place for all, and with a bound of one row', async () => {
    const clock = new FakeClock();
    const a = model(clock, 'a', () => ({ latencyMs: 10 }));
    const b = model(clock, 'b', () => ({ latencyMs: 10 }));
    const outer = longer('outer', longer('inner', a, b), longer('inner 2', b, a));
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      const first = textOf(await ask('one', outer, say('q')));
      return textOf(await ask('two', outer, say(first)));
    };
    const bench = workflowBench({
      clock,
      rows: Array.from({ length: 5 }, () => row),
      openRows: 1,
      limits: () => ({ concurrency: 1 }),
    });
    await clock.runUntil(bench.run());
    expect(bench.table.totals()).toEqual({ rows: 5, done: 5, failed: 0 });
  });
});

describe('entries', () => {
  it('of a slow model do not hold back those of a quick one', async () => {
    const clock = new FakeClock();
    const slow = model(clock, 'slow', () => ({ latencyMs: 1_000 }));
    const quick = model(clock, 'quick', () => ({ latencyMs: 10 }));
    const models = [slow, quick];
    const row: Workflow<number, JsonValue> = async (number, { ask }) => {
      const one = models[number < 100 ? 0 : 1]!;
      await ask('a', one, say('a'));
      return textOf(await ask('b', one, say('b')));
    };
    const bench = workflowBench({
      clock,
      rows: Array.from({ length: 200 }, () => row),
      entryOf: (number) => (number < 100 ? 0 : 1),
      models,
      asksOthers: false,
    });
    const done = bench.run();
    await clock.advance(600);
    expect(bench.runner.status()[1]).toMatchObject({ state: 'done', answered: 200 });
    await clock.runUntil(done);
    expect(clock.monotonicMs()).toBe(50_000);
  });

  it('keep their own lane busy when the first call of their rows goes to another one', async () => {
    const clock = new FakeClock();
    const own = model(clock, 'own', () => ({ latencyMs: 100 }));
    const other = model(clock, 'other', () => ({ latencyMs: 100 }));
    const row: Workflow<number, JsonValue> = async (_, { ask }) => {
      const text = textOf(await ask('a', other, say('a')));
      return textOf(await ask('b', own, say(text)));
    };
    const rows = Array.from({ length: 40 }, () => row);
    const bench = workflowBench({ clock, rows, models: [own] });
    await clock.runUntil(bench.run());
    expect(clock.monotonicMs()).toBe(1_100);
  });

  it('fill all places of their lane in one turn with rows that ask at once', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 10 }));
    const row: Workflow<number, string> = async (_, { ask }) =>
      textOf(await ask('a', one, say('a')));
    const rows = Array.from({ length: 6 }, () => row);
    const bench = workflowBench({ clock, rows, models: [one], asksOthers: false });
    const done = bench.run();
    await new Promise((resolve) => setImmediate(resolve));
    expect(one.inFlight).toBe(4);
    await clock.runUntil(done);
    expect(one.mostInFlight).toBe(4);
  });

  it('begin further rows also where the first call of each ends before it is in its lane', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 1_000 }));
    const other = model(clock, 'other', () => ({ latencyMs: 1_000 }));
    for (const options of [{ signal: AbortSignal.abort() }, { deadlineMs: 0 }]) {
      const row: Workflow<number, JsonValue> = async (_, { ask }) => {
        const gone = ask('gone', one, say('g'), options);
        await ask('other', other, say('o'));
        return (await gone).error?.code ?? null;
      };
      const bench = workflowBench({ clock, rows: Array(4).fill(row), models: [one] });
      const startMs = clock.monotonicMs();
      await clock.runUntil(bench.run());
      expect(clock.monotonicMs() - startMs).toBe(1_000);
    }
  });

  it('mix rows of one call, which no function runs for, with others', async () => {
    const clock = new FakeClock();
    const one = model(clock, 'one', () => ({ latencyMs: 10 }));
    const request = { ...say('s'), parameters: {}, choices: 1 };
    const single = { kind: 'call', model: one, request } as const;
    const row: Workflow<number, JsonValue> = async (_, { ask }) =>
      textOf(await ask('a', one, say('a')));
    for (const models of [[null], [one]]) {
      const rows = Array.from({ length: 30 }, (_, k) => (k % 3 === 0 ? row : single));
      const bench = workflowBench({ clock, rows, models, openRows: 5 });
      await clock.runUntil(bench.run());
      expect(bench.table.totals()).toEqual({ rows: 30, done: 30, failed: 0 });
      expect(bench.journal.lines.filter((line) => line.startsWith('{"v":1'))).toHaveLength(20);
    }
  });
});

describe('a workflow over two models of a server that serves one at a time', () => {
  it.each([1, 4])(
    'ends with %d in flight, and changes models as seldom as it can',
    async (most) => {
      const clock = new FakeClock();
      const turns = new ModelTurns(clock);
      const shared = new Limiter('server', { concurrency: most }, 0);
      const order: string[] = [];
      const served = (reference: string) =>
        model(clock, reference, () => {
          if (order.at(-1) !== reference) order.push(reference);
          return { latencyMs: 100 };
        });
      const [writer, critic] = [served('writer'), served('critic')];
      const refine: Workflow<number, string> = async (_, { ask }) => {
        const draft = textOf(await ask('draft', writer!, say('topic')));
        const critique = textOf(await ask('critique', critic!, say(draft)));
        return textOf(await ask('revision', writer!, say(critique)));
      };
      const bench = workflowBench({
        clock,
        rows: Array.from({ length: 6 }, () => refine),
        limits: ({ reference }) => [turns.seat(reference), shared],
      });
      await clock.runUntil(bench.run());
      expect([...bench.ends.values()].map(({ answer }) => answer.status)).toEqual(
        Array(6).fill('ok'),
      );
      expect(order).toEqual(['writer', 'critic', 'writer']);
      expect(writer!.mostInFlight).toBe(most);
    },
  );
});
