import { describe, expect, it } from 'vitest';
import { fakeTargets } from '../../test/support/fake-lanes.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Answer } from '../core/answer.ts';
import type { CompositeModel, Model, SimpleModel } from '../core/model.ts';
import { AnswerFailure, type Question } from '../core/workflow.ts';
import type { LaneTarget } from './lane-plan.ts';
import { partialResponse, planRow } from './turns-workflow.ts';

const MODEL: SimpleModel = {
  reference: 'a/1',
  severalChoices: true,
  generate: () => Promise.reject(new Error('nothing is asked here')),
};

const PANEL: CompositeModel = {
  reference: 'panel',
  severalChoices: false,
  models: [MODEL],
  workflow: () => Promise.reject(new Error('nothing is asked here')),
};

function targetOf(model: Model, severalChoices = model.severalChoices): LaneTarget {
  const findTarget = fakeTargets({ models: { [model.reference]: model }, severalChoices });
  const { reference } = model;
  return findTarget({ reference, api: null, modelName: null, group: null }) as LaneTarget;
}

function textOf(row: object) {
  return { text: JSON.stringify({ model: 'a/1', ...row }), line: 1 };
}

/** A call that a row's workflow makes. */
interface Made {
  readonly name: string;
  readonly question: Question;
  readonly model: Model;
  answer(text: string): void;
  fail(): void;
}

/** Runs the workflow of a row against calls that the test answers. */
function underWay(row: object, model: Model = MODEL, severalChoices?: boolean) {
  const plan = planRow(textOf(row), targetOf(model, severalChoices), model);
  if (plan.kind === 'call') throw new Error('the row is one call');
  const made = new Map<string, Made>();
  const ask = (name: string, asked: Model, question: Question) =>
    new Promise<Answer>((resolve) => {
      expect(made.has(name)).toBe(false);
      made.set(name, {
        ...{ name, question, model: asked },
        answer: (text) => resolve(someAnswer({ name }, { texts: [text] })),
        fail: () => resolve(failedAnswer({ name }, { message: `${name} failed` })),
      });
    });
  const { signal } = new AbortController();
  const result = plan.run({ ask, signal, progress: () => {}, note: () => {} });
  result.catch(() => {});
  return { made, names: () => [...made.keys()], result };
}

/** What a call sends, as `role: text` lines. */
function sent({ question }: Made): string[] {
  return question.messages.map(({ role, content }) => `${role}: ${content}`);
}

/** Lets the workflow run on to its next wait. */
async function goOn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('a row of one call', () => {
  it('is planned as that call, with several choices where a request can carry them', () => {
    const row = { prompt: 'a', parameters: { n: 5, top_p: 1 }, mode: 'completion' };
    expect(planRow(textOf(row), targetOf(MODEL), MODEL)).toEqual({
      kind: 'call',
      model: MODEL,
      request: {
        messages: [{ role: 'user', content: 'a' }],
        parameters: { top_p: 1 },
        choices: 5,
        mode: 'completion',
        safetyFilter: undefined,
      },
    });
  });

  it('hands its safety filter on, and system messages as they stand', () => {
    const prompt = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'a' },
    ];
    const plan = planRow(textOf({ prompt, safety_filter: 'few' }), targetOf(MODEL), MODEL);
    expect(plan).toMatchObject({
      kind: 'call',
      request: { messages: prompt, safetyFilter: 'few', choices: 1, mode: 'chat' },
    });
  });
});

describe('a row of several turns', () => {
  it('sends each turn with the answers so far', async () => {
    const { made, names, result } = underWay({ prompt: ['one', 'two', 'three'] });
    for (const [turn, text] of ['A', 'B', 'C'].entries()) {
      expect(names()).toHaveLength(turn + 1);
      made.get(`turn/${turn}`)!.answer(text);
      await goOn();
    }
    expect(sent(made.get('turn/0')!)).toEqual(['user: one']);
    // What was sent before is not changed by what is sent after it.
    expect(sent(made.get('turn/1')!)).toEqual(['user: one', 'assistant: A', 'user: two']);
    expect(sent(made.get('turn/2')!)).toEqual([
      'user: one',
      'assistant: A',
      'user: two',
      'assistant: B',
      'user: three',
    ]);
    expect(await result).toEqual(['A', 'B', 'C']);
  });

  it('gives each sample a history of its own, and asks for one choice', async () => {
    const { made, names, result } = underWay({ prompt: ['one', 'two'], parameters: { n: 2 } });
    expect(names()).toEqual(['turn/0', 'sample/1/turn/0']);
    made.get('sample/1/turn/0')!.answer('R');
    await goOn();
    made.get('turn/0')!.answer('L');
    await goOn();
    expect(sent(made.get('sample/1/turn/1')!)).toEqual(['user: one', 'assistant: R', 'user: two']);
    expect(sent(made.get('turn/1')!)).toEqual(['user: one', 'assistant: L', 'user: two']);
    for (const { question } of made.values()) expect(question).toMatchObject({ choices: 1 });
    made.get('turn/1')!.answer('LL');
    made.get('sample/1/turn/1')!.answer('RR');
    expect(await result).toEqual([
      ['L', 'LL'],
      ['R', 'RR'],
    ]);
  });

  it('ends the chain of a sample with a turn that fails, and not that of the others', async () => {
    const { made, names, result } = underWay({ prompt: ['one', 'two'], parameters: { n: 2 } });
    made.get('turn/0')!.fail();
    await goOn();
    made.get('sample/1/turn/0')!.answer('R');
    await goOn();
    expect(names()).toEqual(['turn/0', 'sample/1/turn/0', 'sample/1/turn/1']);
    made.get('sample/1/turn/1')!.fail();
    // The row's error is that of the first sample that has one, not of the last to come.
    await expect(result).rejects.toBeInstanceOf(AnswerFailure);
    await expect(result).rejects.toMatchObject({ error: { message: 'turn/0 failed' } });
  });

  it('goes on from an empty answer with an empty message', async () => {
    const { made, result } = underWay({ prompt: ['one', 'two'] });
    made.get('turn/0')!.answer('');
    await goOn();
    expect(sent(made.get('turn/1')!)).toEqual(['user: one', 'assistant: ', 'user: two']);
    made.get('turn/1')!.answer('x');
    expect(await result).toEqual(['', 'x']);
  });
});

describe('a row of several samples', () => {
  it('asks once for each where a request cannot carry several choices', async () => {
    const { made, names, result } = underWay({ prompt: 'a', parameters: { n: 3 } }, MODEL, false);
    expect(names()).toEqual(['turn/0', 'sample/1/turn/0', 'sample/2/turn/0']);
    for (const call of made.values()) {
      expect([sent(call), call.question.choices]).toEqual([['user: a'], 1]);
      call.answer(call.name);
    }
    expect(await result).toEqual(names());
  });
});

describe('a row of a composite model', () => {
  it('asks it by name, and its answer is the response', async () => {
    const { made, names, result } = underWay({ prompt: 'a', model: 'panel' }, PANEL);
    expect(names()).toEqual(['turn/0']);
    const call = made.get('turn/0')!;
    expect([call.model, sent(call), call.question.choices]).toEqual([PANEL, ['user: a'], 1]);
    call.answer('A');
    expect(await result).toBe('A');
  });

  it('asks it once for each sample', () => {
    const { names } = underWay({ prompt: 'a', model: 'panel', parameters: { n: 2 } }, PANEL);
    expect(names()).toEqual(['turn/0', 'sample/1/turn/0']);
  });
});

describe('what a row shows that has not all its answers', () => {
  const shown = (row: object, ...answers: readonly Answer[]) =>
    partialResponse(textOf(row), targetOf(MODEL), answers);
  const text = (name: string, ...texts: string[]) => someAnswer({ name }, { texts });

  it('has null for each turn without one', () => {
    const row = { prompt: ['a', 'b', 'c'] };
    expect(shown(row, text('turn/0', 'A'), failedAnswer({ name: 'turn/1' }))).toEqual([
      'A',
      null,
      null,
    ]);
  });

  it('has null for each sample without one, by sample and then turn', () => {
    const row = { prompt: ['a', 'b'], parameters: { n: 2 } };
    expect(shown(row, text('sample/1/turn/0', 'R'))).toEqual([
      [null, null],
      ['R', null],
    ]);
    const flat = partialResponse(
      textOf({ prompt: 'a', parameters: { n: 3 } }),
      targetOf(MODEL, false),
      [text('sample/2/turn/0', 'x')],
    );
    expect(flat).toEqual([null, null, 'x']);
  });

  it('is null when there is nothing to show, and knows nothing of other names', () => {
    const row = { prompt: ['a', 'b'] };
    expect(shown(row, failedAnswer({ name: 'turn/0' }))).toBeNull();
    expect(shown(row, text('members/1', 'x'))).toBeNull();
    expect(shown(row)).toBeNull();
  });
});

describe('a row that is not what it was when it was checked', () => {
  it('is said to be so', () => {
    const given = { text: 'something else', line: 7 };
    const target = targetOf(MODEL);
    for (const read of [
      () => planRow(given, target, MODEL),
      () => partialResponse(given, target, []),
    ]) {
      expect(read).toThrow(/line 7 of the run's input\.jsonl has changed/);
      expect(read).toThrow(expect.objectContaining({ code: 'bad_input' }));
    }
  });
});
