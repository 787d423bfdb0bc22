import { describe, expect, it } from 'vitest';
import { paidModel } from '../../../test/support/executed-run.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { AnswerError } from '../../core/answer.ts';
import { systemClock } from '../../core/system-clock.ts';
import { type Ask, textOf, type Workflow } from '../../core/workflow.ts';
import { WorkflowRun } from './run-workflow.ts';
import type { RunWorkflowOptions } from './run-workflow-options.ts';

/** What a program without types may write. */
type Anything = never;

const any = (given: unknown) => given as Anything;
const OPTIONS = { clock: systemClock, random: () => 0.5, attempts: 1 };
const model = paidModel();
const why = { messages: [{ role: 'user', content: 'Why?' }] };

/** The error of a row whose workflow does this. */
async function errorOf(
  workflow: (ask: Ask) => unknown,
  options: Partial<RunWorkflowOptions<number>> = {},
): Promise<Pick<AnswerError, 'message' | 'hint'> | null> {
  const given: Workflow<number, Anything> = async (_row, { ask }) => any(await workflow(ask));
  for await (const { error } of new WorkflowRun([1], given, { ...OPTIONS, ...options })) {
    return error && { message: error.message, hint: error.hint };
  }
  return null;
}

describe('a call that is asked wrongly', () => {
  it.each([
    ['no name', (ask: Ask) => ask(any(undefined), model, why), 'the name of a call is undefined'],
    ['an empty name', (ask: Ask) => ask('', model, why), 'the name of a call is an empty text'],
    [
      'the model first',
      (ask: Ask) => ask(any(model), any(why), any(undefined)),
      'the name of a call is an object',
    ],
    [
      'a name in place of the model',
      (ask: Ask) => ask('a', any('sim/quick'), why),
      'the model of the call "a" is the text "sim/quick"',
    ],
    [
      'no model',
      (ask: Ask) => ask('a', any(undefined), why),
      'the model of the call "a" is undefined',
    ],
    [
      'a list of models',
      (ask: Ask) => ask('a', any([model]), why),
      'the model of the call "a" is a list',
    ],
    [
      'a text as the question',
      (ask: Ask) => ask('a', model, any('Why?')),
      'the question of the call "a" is the text "Why?"',
    ],
    [
      'no question',
      (ask: Ask) => ask('a', model, any(undefined)),
      'the question of the call "a" is undefined',
    ],
    [
      'no messages',
      (ask: Ask) => ask('a', model, any({})),
      'the question of the call "a" has messages that are undefined',
    ],
    [
      'an empty list',
      (ask: Ask) => ask('a', model, { messages: [] }),
      'the question of the call "a" has no message',
    ],
    [
      'a parameter beside the messages',
      (ask: Ask) => ask('a', model, any({ ...why, temperature: 0 })),
      'the question of the call "a" has an unknown key "temperature"',
    ],
    [
      'a message without content',
      (ask: Ask) => ask('a', model, any({ messages: [{ role: 'user', content: undefined }] })),
      'message 1 of the question of the call "a" has no content',
    ],
    [
      'a message that is a text',
      (ask: Ask) => ask('a', model, any({ messages: ['Why?'] })),
      'message 1 of the question of the call "a" is the text "Why?"',
    ],
    [
      'a message without a role',
      (ask: Ask) => ask('a', model, any({ messages: [{ content: 'Why?' }] })),
      'message 1 of the question of the call "a" has no role',
    ],
    [
      'an answer in place of its text',
      async (ask: Ask) => {
        const content = await ask('first', paidModel(), why);
        return ask('a', model, any({ messages: [{ role: 'user', content }] }));
      },
      'message 1 of the question of the call "a" has a content that is an answer: textOf(answer) is its text',
    ],
    [
      'a prompt in place of messages',
      (ask: Ask) => ask('a', model, any({ prompt: 'Why?' })),
      'the question of the call "a" has messages that are undefined',
    ],
    [
      'an unknown option',
      (ask: Ask) => ask('a', model, why, any({ timeout: 5 })),
      'the call "a" has an unknown option "timeout"',
    ],
    [
      'no attempts',
      (ask: Ask) => ask('a', model, why, { attempts: 0 }),
      'attempts of the call "a" is 0; it must be 1 or more',
    ],
    [
      'a negative time',
      (ask: Ask) => ask('a', model, why, { timeoutMs: -1 }),
      'timeoutMs of the call "a" is -1; it must be 1 or more',
    ],
    [
      'a controller as signal',
      (ask: Ask) => ask('a', model, why, { signal: any(new AbortController()) }),
      'signal of the call "a" is an object; it must be an AbortSignal, such as controller.signal',
    ],
  ])('with %s is the error of its row, and nothing is sent', async (_, asking, message) => {
    const before = model.triesOf('Why?');
    expect(await errorOf(asking)).toMatchObject({ message });
    expect(model.triesOf('Why?')).toBe(before);
  });

  it.each([
    [(ask: Ask) => ask('a', any('sim/quick'), why), 'openModels(["sim/quick"])'],
    [
      (ask: Ask) => ask('a', model, any({ ...why, temperature: 0 })),
      'parameters: { temperature: … }',
    ],
    [(ask: Ask) => ask('a', model, any({ ...why, paramters: {} })), 'Did you mean parameters?'],
    [(ask: Ask) => ask('a', model, why, any({ timeout: 5 })), 'Did you mean timeoutMs?'],
    [(ask: Ask) => textOf(any(ask('a', model, why))), 'textOf(await ask(…))'],
  ])('says what to write (%#)', async (asking, hint) => {
    expect((await errorOf(asking))?.hint).toContain(hint);
  });

  it('ends no process where nobody waits for it', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const error = await errorOf((ask) => {
        void ask('a', model, why).then(textOf);
        void ask('a', model, why).then(textOf);
      });
      expect(error?.message).toBe('the workflow asks twice by the name "a"');
      await new Promise((resolve) => setImmediate(resolve));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  it('takes what a message of another form has, and keys that are not there', async () => {
    const parts = any({
      messages: [{ role: 'user', parts: [] }],
      schema: undefined,
      seed: undefined,
    });
    expect(await errorOf((ask) => ask('a', model, parts, { signal: undefined }))).toBeNull();
  });
});

describe('what a workflow throws', () => {
  it.each([
    [new TypeError('x is not a function'), 'the workflow failed: TypeError: x is not a function'],
    [new Error('mine'), 'the workflow failed: mine'],
    ['a text', 'the workflow failed: a text'],
    [undefined, 'the workflow failed: undefined'],
    [{ a: 1 }, 'the workflow failed: {"a":1}'],
  ])('is told by what it is: %o', async (thrown, message) => {
    const error = await errorOf(() => {
      throw thrown;
    });
    expect(error?.message).toBe(message);
  });
});

describe('a note', () => {
  it.each([
    ['is an object', 'x', 'the workflow failed: TypeError: note takes an object of keys'],
    ['is JSON', { at: 1n }, 'what it noted is not JSON: Do not know how to serialize a BigInt'],
  ])('%s', async (_, keys, message) => {
    const workflow: Workflow<number, null> = async (_row, { note }) => {
      note(any(keys));
      return null;
    };
    for await (const { error } of new WorkflowRun([1], workflow, OPTIONS)) {
      expect(error?.message).toBe(message);
    }
  });
});

describe('a result of which JSON keeps nothing', () => {
  it.each([
    [new Map([[1, 2]]), 'its result is a Map, of which JSON keeps nothing'],
    [() => 1, 'its result is a function, of which JSON keeps nothing'],
    [new Error('e'), 'its result is an Error, of which JSON keeps nothing'],
  ])('is an error of its row: %o', async (result, message) => {
    expect((await errorOf(() => result))?.message).toBe(message);
  });

  it.each([[new Map([[1, 2]])], [() => 1]])('is no row of a folder either: %o', async (row) => {
    const run = new WorkflowRun([row], async () => 1, { ...OPTIONS, folder: temporaryFolder() });
    await expect(run[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'bad_input' });
  });
});

describe('a run of a workflow', () => {
  const begin = (rows: unknown, workflow: unknown, options: object = {}) =>
    new WorkflowRun(any(rows), any(workflow), { ...OPTIONS, ...options });
  const nothing = async () => null;

  it.each([
    ['rows are 5', () => begin(5, nothing)],
    ['rows are null', () => begin(null, nothing)],
    ['rows are the text "ab"', () => begin('ab', nothing)],
    ['rows are a promise', () => begin(Promise.resolve([1]), nothing)],
    ['the workflow is undefined', () => begin([1], undefined)],
    ['folder is an empty text', () => begin([1], nothing, { folder: '' })],
    ['folder is 5', () => begin([1], nothing, { folder: 5 })],
    ['drain is an object', () => begin([1], nothing, { drain: new AbortController() })],
    ['entry is the text "a"', () => begin([1], nothing, { entry: 'a' })],
    [
      'a run of a workflow has no option "concurency"',
      () => begin([1], nothing, { concurency: 5 }),
    ],
  ])('does not begin where %s', (message, beginning) => {
    expect(beginning).toThrow(expect.objectContaining({ code: 'bad_usage', message }));
  });

  it.each([
    ['a text', model, 'Why?', 'the question of the call "single" is the text "Why?"'],
    ['a name', 'sim/quick', why, 'the model of the call "single" is the text "sim/quick"'],
    [
      'a composite model',
      { reference: 'team', severalChoices: false, models: [], workflow: nothing },
      why,
      'team is a composite model, and no single call',
    ],
  ])('does not begin with a row that is declared to be %s', async (_, asked, question, message) => {
    const run = begin([1], nothing, { single: () => ({ model: asked, question }) });
    await expect(run[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      ...{ code: 'bad_usage', message },
    });
  });

  it('names the option that was meant', () => {
    expect(() => begin([1], nothing, { openRow: 5 })).toThrow(
      expect.objectContaining({ hint: 'Did you mean openRows?' }),
    );
  });
});
