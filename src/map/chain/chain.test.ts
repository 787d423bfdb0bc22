import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedAnswer, someAnswer } from '../../../test/support/some-answer.ts';
import type { Answer } from '../../core/answer.ts';
import type { Model } from '../../core/model.ts';
import { AnswerFailure, RowPause, type WorkflowContext } from '../../core/workflow.ts';
import { compileTemplate } from '../../templates/index.ts';
import { outputForm } from '../data/index.ts';
import { askChain } from './ask-chain.ts';
import type { ChainNode } from './chain-node.ts';
import type { ChainPlan, ChainStep } from './chain-plan.ts';
import { traceChain } from './chain-trace.ts';

const model: Model = {
  reference: 'm',
  severalChoices: true,
  generate: () => Promise.reject(new Error('nobody is asked')),
};

async function stepOf(name: string, prompt: string, columns: string): Promise<ChainStep> {
  const form = await outputForm({ columns, maxObjects: 100_000 });
  if ('problems' in form) throw new Error(form.problems.join());
  return {
    plan: {
      ...{ name, prompt: await compileTemplate(prompt, 'dollar'), system: null },
      ...{ emptyColumns: [], parameters: {}, samples: 1, overflow: 'error' as const },
      chunks: { chunkChars: 10, overlapChars: 0 },
      output: { kind: 'data', form, schema: { name: form.name, schema: form.schema }, reasks: 0 },
    },
    ...{ reference: null, explode: null, keep: null, distinct: null, dropsEmpty: false },
  };
}

const steps = [
  await stepOf('one', '${x}', 'a'),
  await stepOf('two', '${a}', 'b'),
  await stepOf('three', '${b}', 'c'),
];
const CHAIN: ChainPlan = { steps, overwrites: false };

/** Answers each ask by its name; notes what was asked, and how much at once. */
function asking(answerOf: (name: string, prompt: string) => string | null) {
  const saved = new Map<string, Answer>();
  const notes: object[] = [];
  const order: string[] = [];
  const most = { underWay: 0 };
  let underWay = 0;
  const context: WorkflowContext = {
    ask: async (name, _, { messages }) => {
      if (saved.has(name)) throw new Error(`${name} is asked twice`);
      order.push(name);
      const text = answerOf(name, messages.at(-1)!.content as string);
      const answer =
        text === null
          ? failedAnswer({ name })
          : someAnswer({ name }, { texts: [text], finishReason: 'stop' });
      saved.set(name, answer);
      most.underWay = Math.max(most.underWay, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      return answer;
    },
    signal: new AbortController().signal,
    note: (keys) => void notes.push(keys),
    progress: () => {},
  };
  return { context, saved, notes, order, most };
}

const whole = { chain: CHAIN, models: [model, model, model], goesOn: () => () => true };
const tracing = { chain: CHAIN, models: whole.models, isNew: () => true };

async function madeOf(saved: ReadonlyMap<string, Answer>): Promise<unknown[]> {
  const made: unknown[] = [];
  for await (const { row } of traceChain(tracing, { x: 'r' }, saved, null)) made.push(row);
  return made;
}

const listOf = (column: string, values: readonly string[]) =>
  JSON.stringify({ rows: values.map((value) => ({ [column]: value })) });

describe('a row that goes through steps', () => {
  it('comes out as its answers say, whatever fails or is empty, each ask once by the name of its place', async () => {
    const node = fc.oneof(fc.constant(null), fc.nat({ max: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(node), async (counts) => {
        const said = new Map<string, number | null>();
        const { context, saved, notes } = asking((name, prompt) => {
          const count = counts.next().value as number | null;
          said.set(name, count);
          const step = steps.findIndex(({ plan }) => plan.name === name.split('/')[0]);
          const values = Array.from({ length: count ?? 0 }, (_, n) => `${prompt}.${n}`);
          return count === null ? null : listOf('abc'[step]!, values);
        });
        const result = await askChain(whole, { x: 'r' }, context).catch((error) => error);
        const failed = [...said].filter(([, count]) => count === null);
        if (failed.length === 0) expect(result).toBeNull();
        else {
          expect(result).toBeInstanceOf(AnswerFailure);
          expect(result.code).toBe(said.get('one') === null ? 'server_error' : 'partial');
          expect(notes).toMatchObject([{ errors: failed.map(() => ({ code: 'server_error' })) }]);
        }
        expect(await madeOf(saved)).toEqual(expected(said));
      }),
      { numRuns: 100 },
    );
  });

  it('has a thousand asks under way at most, the deepest first, however many there are', async () => {
    const values = Array.from({ length: 5_000 }, (_, n) => String(n));
    const { context, saved, order, most } = asking((name, prompt) => {
      if (name === 'one') return listOf('a', values);
      return listOf(name.startsWith('two') ? 'b' : 'c', [prompt]);
    });
    await askChain(whole, { x: 'r' }, context);
    expect(saved.size).toBe(10_001);
    expect(most.underWay).toBe(1_000);
    const lastOfTwo = order.findLastIndex((name) => name.startsWith('two'));
    const threes = order.slice(0, lastOfTwo).filter((name) => name.startsWith('three'));
    expect(threes.length).toBeGreaterThan(3_000);
    expect(await madeOf(saved)).toHaveLength(5_000);
  });

  it('pauses where rows are compared until it is known which go on', async () => {
    const chain = { ...CHAIN, steps: steps.with(0, { ...steps[0]!, distinct: DISTINCT }) };
    const answers = (name: string) => listOf(name === 'one' ? 'a' : 'b', ['p', 'q']);
    const first = asking(answers);
    const paused = askChain({ ...whole, chain, goesOn: () => null }, { x: 'r' }, first.context);
    await expect(paused).rejects.toBeInstanceOf(RowPause);
    expect([...first.saved.keys()]).toEqual(['one']);
    const second = asking(answers);
    const goesOn = () => (node: ChainNode) => node.row.a === 'q';
    await askChain({ ...whole, chain, goesOn }, { x: 'r' }, second.context).catch(() => {});
    expect([...second.saved.keys()]).toEqual(
      expect.arrayContaining(['one', 'two/1', 'three/1.0', 'three/1.1']),
    );
    expect(second.saved.has('two/0')).toBe(false);
  });

  it('is not taken in by keys of objects that are names of prototypes', async () => {
    const explode = { ...steps[0]!, explode: 'a' };
    const chain = { ...CHAIN, steps: [explode, steps[1]!] };
    const cell = '[{"__proto__":{"polluted":1},"constructor":2,"b2":"v"}]';
    const { context, saved } = asking((name) =>
      name === 'one' ? listOf('a', [cell]) : listOf('b', ['w']),
    );
    await askChain({ ...whole, chain, models: [model, model] }, { x: 'r' }, context).catch(
      () => {},
    );
    const made: ChainNode[] = [];
    const own = { ...tracing, chain };
    for await (const node of traceChain(own, { x: 'r' }, saved, null)) made.push(node);
    expect(Object.keys(made[0]!.row)).toContain('__proto__');
    expect(made[0]!.row.polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

const DISTINCT = { columns: ['a'], near: null };

/** What comes out, said again: the rows of each node in order, nodes that came to nothing with what they have. */
function expected(said: ReadonlyMap<string, number | null>): unknown[] {
  const names = ['one', 'two', 'three'];
  const rowsAt = (
    step: number,
    path: readonly number[],
    row: Record<string, string>,
  ): unknown[] => {
    const name = path.length === 0 ? names[step]! : `${names[step]}/${path.join('.')}`;
    const count = said.get(name) ?? 0;
    if (count === 0) return [row];
    return Array.from({ length: count }, (_, n) => {
      const before = step === 0 ? 'r' : row['abc'[step - 1]!]!;
      const child = { ...row, ['abc'[step]!]: `${before}.${n}` };
      return step === 2 ? [child] : rowsAt(step + 1, [...path, n], child);
    }).flat();
  };
  return rowsAt(0, [], { x: 'r' });
}
