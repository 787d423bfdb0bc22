import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failing, PAID, paidModel } from '../../../test/support/executed-run.ts';
import { linesOf, recordsOf } from '../../../test/support/run-results.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { JsonValue } from '../../core/json.ts';
import { type CompositeModel, type GenerateRequest, simpleModels } from '../../core/model.ts';
import { systemClock } from '../../core/system-clock.ts';
import { type Ask, type Question, textOf, type Workflow } from '../../core/workflow.ts';
import { WorkflowRun } from './run-workflow.ts';
import type { RunWorkflowOptions } from './run-workflow-options.ts';

const say = (text: string): Question => ({ messages: [{ role: 'user', content: text }] });

function run<Row, Result extends JsonValue>(
  rows: Iterable<Row>,
  workflow: Workflow<Row, Result>,
  options: Partial<RunWorkflowOptions<Row>> = {},
) {
  const usual = { clock: systemClock, random: () => 0.5, attempts: 1 };
  return new WorkflowRun(rows, workflow, { ...usual, ...options });
}

/** What came of each row: its result, or the message of its error. */
async function outcomes<Row, Result extends JsonValue>(given: WorkflowRun<Row, Result>) {
  const found: [number, JsonValue][] = [];
  for await (const { row, result, error } of given) found.push([row, error?.message ?? result]);
  return found.sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
}

function composite(
  workflow: (request: GenerateRequest, ask: Ask) => unknown,
  models: CompositeModel['models'] = [],
): CompositeModel {
  return {
    ...{ reference: 'composite', severalChoices: false, models },
    workflow: async (request, { ask }) => (await workflow(request, ask)) as never,
  };
}

const said = (text: unknown) => ({ texts: [text], finishReason: 'stop', model: null });

describe('the error of a row', () => {
  const proxy = (trap: 'get' | 'getPrototypeOf') =>
    new Proxy(new Error(), {
      [trap]: () => {
        throw new Error('not to be looked at');
      },
    });

  it.each([
    ['that cannot be read', () => proxy('get')],
    ['that cannot be told apart', () => proxy('getPrototypeOf')],
  ])('may be something %s', async (_, thrown) => {
    const workflow = async (row: number) => {
      if (row === 0) throw thrown();
      return row;
    };
    expect(await outcomes(run([0, 1], workflow))).toEqual([
      'the workflow failed: it threw something that is no error',
      1,
    ]);
  });

  it('says of each call that failed why, where no other answered either', async () => {
    const model = paidModel(() => failing('bad_request'));
    const fastest: Workflow<number, string> = (_row, { ask }) =>
      Promise.any(['a', 'b'].map(async (name) => textOf(await ask(name, model, say(name)))));
    const [said] = await outcomes(run([0], fastest));
    expect(said).toBe('the workflow failed: AggregateError: All promises were rejected: refused');
  });

  it('is what an observer of one of its calls throws, and the call is not asked again', async () => {
    const model = paidModel((text) => (text === 'bad' ? failing('server_error') : PAID));
    const thrower = () => {
      throw new Error('mine');
    };
    const workflow: Workflow<string, string> = async (row, { ask }) => {
      const streaming = { ...model, generate: model.generate.bind(model) };
      const options = row === 'bad' ? { onFailedTry: thrower } : { onDelta: thrower };
      const asked = row === 'fine' ? {} : options;
      return textOf(await ask('a', row === 'streams' ? streamer : streaming, say(row), asked));
    };
    const streamer = paidModel(() => ({ ...PAID, deltas: ['a', 'b'], latencyMs: 5_000 }));
    expect(await outcomes(run(['bad', 'streams', 'fine'], workflow, { attempts: 3 }))).toEqual([
      'the workflow failed: mine',
      'the workflow failed: mine',
      'answer to fine',
    ]);
    expect(model.triesOf('bad')).toBe(1);
  });

  it('is not what it does to its own list of messages while a call is on its way', async () => {
    const model = paidModel();
    const workflow: Workflow<number, string> = async (_row, { ask }) => {
      const messages = [{ role: 'user' as const, content: 'asked' }];
      const answer = ask('a', model, { messages });
      messages.unshift({ role: 'user', content: 'later' });
      return textOf(await answer);
    };
    expect(await outcomes(run([0], workflow))).toEqual(['answer to asked']);
  });

  it('is that a name is used twice, also where nobody waits for the second call', async () => {
    const model = paidModel();
    const workflow: Workflow<number, string> = async (row, { ask }) => {
      const first = ask('a', model, say('one'));
      const second = ask(row === 0 ? 'a' : 'b', model, say('two'));
      return textOf(await first) + textOf(await second);
    };
    const leftAlone: unknown[] = [];
    const note = (reason: unknown) => leftAlone.push(reason);
    process.on('unhandledRejection', note);
    try {
      expect(await outcomes(run([0, 1], workflow))).toEqual([
        'the workflow asks twice by the name "a"',
        'answer to oneanswer to two',
      ]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(leftAlone).toEqual([]);
  });

  it('is what is wrong with the arguments of a call, and no other row suffers', async () => {
    const model = paidModel();
    const workflow: Workflow<number, string> = async (row, { ask }) => {
      const options = row === 0 ? { signal: {} as AbortSignal } : {};
      return textOf(await ask('a', model, say(`${row}`), options));
    };
    expect(await outcomes(run([0, 1], workflow))).toEqual([
      'signal of the call "a" is an object; it must be an AbortSignal, such as controller.signal',
      'answer to 1',
    ]);
  });
});

describe('the result of a row', () => {
  it('is what its JSON says, whatever becomes of it later, and the same when it is read again', async () => {
    const folder = temporaryFolder();
    const shared = { calls: 0, at: new Date(0), nothing: undefined };
    let asked = 0;
    const once = {
      toJSON: () => (asked++ === 0 ? 'once' : (asked as never as { path: { x: 1 } }).path.x),
    } as never;
    const workflow = async (row: number) => {
      if (row === 0) return once;
      shared.calls++;
      return shared as unknown as JsonValue;
    };
    const wanted = ['once', 1, 2].map((calls) =>
      calls === 'once' ? calls : { calls, at: '1970-01-01T00:00:00.000Z' },
    );
    expect(await outcomes(run([0, 1, 2], workflow, { folder, openRows: 1 }))).toEqual(wanted);
    expect(await outcomes(run([0, 1, 2], workflow, { folder }))).toEqual(wanted);
  });

  it('is an error when it is too long to be read again', async () => {
    const long = 'x'.repeat(64 * 1024 * 1024);
    const [outcome] = await outcomes(run([0], async () => long));
    expect(outcome).toBe('its result has more than 67108864 characters');
  });
});

describe('a composite model', () => {
  it.each([
    ['nothing', () => undefined],
    ['no texts', () => ({})],
    [
      'what cannot be read',
      () => ({
        get texts() {
          throw new Error('unreadable');
        },
      }),
    ],
  ])('that answers %s is an error of its call', async (_, answer) => {
    const workflow: Workflow<number, string> = async (_row, { ask }) => {
      const { error } = await ask('panel', composite(answer), say('x'));
      return `${error?.code}`;
    };
    expect(await outcomes(run([0, 1], workflow))).toEqual(['workflow_failed', 'workflow_failed']);
  });

  it('that asks itself comes to an end', async () => {
    const model = paidModel();
    const self: CompositeModel = composite(
      async (request, ask) => {
        await ask('own', model, request);
        return said(textOf(await ask('again', self, request)));
      },
      [model],
    );
    (self.models as unknown[]).push(self);
    expect(simpleModels(self)).toEqual([model]);
    const [outcome] = await outcomes(
      run([0], async (_, { ask }) => textOf(await ask('a', self, say('x')))),
    );
    expect(outcome).toContain('may ask itself');
    expect(model.requests).toHaveLength(50);
  });

  it('that is cancelled before it is asked does nothing', async () => {
    let asked = 0;
    const workflow: Workflow<number, string> = async (_row, { ask }) => {
      const signal = AbortSignal.abort();
      const { error } = await ask(
        'panel',
        composite(() => asked++),
        say('x'),
        { signal },
      );
      return `${error?.code}`;
    };
    expect([await outcomes(run([0], workflow)), asked]).toEqual([['cancelled'], 0]);
  });
});

describe('a signal that outlives a run', () => {
  it('keeps nothing of it, neither of calls that were asked nor of those that were saved', async () => {
    const folder = temporaryFolder();
    const { signal } = new AbortController();
    const listening = new Set<unknown>();
    const add = signal.addEventListener.bind(signal) as (...given: unknown[]) => void;
    signal.addEventListener = (...given: unknown[]) => {
      listening.add(given[1]);
      add(...given);
    };
    signal.removeEventListener = (...given: unknown[]) => void listening.delete(given[1]);
    let isBad = true;
    const model = paidModel((text) => (text === 'last' && isBad ? failing('unauthorized') : PAID));
    const workflow: Workflow<number, string> = async (_row, { ask }) => {
      await ask('first', model, say('first'), { signal });
      await ask(
        'panel',
        composite(() => said('x')),
        say('x'),
        { signal },
      );
      return textOf(await ask('last', model, say('last'), { signal }));
    };
    await outcomes(run([0, 1], workflow, { folder })).catch(() => {});
    expect(listening.size).toBe(0);
    isBad = false;
    expect(await outcomes(run([0, 1], workflow, { folder }))).toHaveLength(2);
    expect(listening.size).toBe(0);
  });
});

describe('what a run is given', () => {
  const nothing = async () => null;

  it('is refused when it would do nothing or never end', () => {
    const none = Number.NaN;
    const wrong = { attempts: [0, none], timeoutMs: [0], rowTimeoutMs: [-1], openRows: [0, none] };
    for (const [name, numbers] of Object.entries(wrong)) {
      for (const number of numbers) {
        const start = () => run([0], nothing, { [name]: number });
        expect(start).toThrow(expect.objectContaining({ code: 'bad_usage' }));
      }
    }
  });

  it('is refused when no call could ever start', async () => {
    const model = paidModel();
    const workflow: Workflow<number, string> = async (_row, { ask }) =>
      textOf(await ask('a', model, say('x')));
    for (const limits of [{ concurrency: 0 }, { requestsPerMinute: Number.NaN }]) {
      const lane = () => ({ name: 'none', limiters: [{ name: 'none', limits }] });
      await expect(outcomes(run([0], workflow, { lane }))).rejects.toMatchObject({
        code: 'bad_usage',
      });
    }
  });

  it('may not call a row one call and then not, or have more entries than can be told apart', async () => {
    const model = paidModel();
    for (const first of [true, false]) {
      let asked = 0;
      const single = () => ((asked++ === 0) === first ? { model, question: say('x') } : undefined);
      await expect(outcomes(run([0], nothing, { single }))).rejects.toMatchObject({
        code: 'bad_usage',
      });
    }
    const rows = Array.from({ length: 65_537 }, (_, row) => row);
    const entry = (row: number) => `${row}`;
    await expect(outcomes(run(rows, nothing, { entry }))).rejects.toMatchObject({
      code: 'bad_usage',
    });
  });
});

describe('a journal that was damaged', () => {
  const rows = [0, 1, 2];
  const twoCalls =
    (model = paidModel()): Workflow<number, string> =>
    async (row, { ask }) => {
      const first = textOf(await ask('first', model, say(`${row}`)));
      return textOf(await ask('second', model, say(first)));
    };

  it('after the run was finished costs no row: what cannot be read is made again', async () => {
    const folder = temporaryFolder();
    const wanted = await outcomes(run(rows, twoCalls(), { folder }));
    const path = join(folder, 'journal.jsonl');
    const damaged = readFileSync(path, 'utf8').replace(
      '"type":"row","row":1',
      '"type":"row","r"w":1',
    );
    writeFileSync(path, damaged);
    const model = paidModel();
    const again = run(rows, twoCalls(model), { folder });
    expect(await outcomes(again)).toEqual(wanted);
    expect([model.requests.length, again.costUsd]).toEqual([0, 1.5]);
    expect(recordsOf(folder).map(({ response }) => response)).toEqual(wanted);
  });

  it('by lines that stand twice keeps the ends of rows as they were', async () => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    const started = run(rows, twoCalls(), { folder, openRows: 1, drain: stop.signal });
    for await (const _ of started) stop.abort();
    const path = join(folder, 'journal.jsonl');
    writeFileSync(path, [...linesOf(path), ...linesOf(path).reverse(), ''].join('\n'));
    const wanted = rows.map((row) => `answer to answer to ${row}`);
    expect(await outcomes(run(rows, twoCalls(), { folder }))).toEqual(wanted);
    expect(recordsOf(folder).map(({ response }) => response)).toEqual(wanted);
  });
});
