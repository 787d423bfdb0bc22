import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { Answer } from '../../core/answer.ts';
import type { Model } from '../../core/model.ts';
import { systemClock } from '../../core/system-clock.ts';
import type { PreparedStrategy, RoundAnswer, Strategy } from '../../panel/index.ts';
import { loadStrategy } from './strategy-file.ts';
import type { StrategyThreadOptions } from './strategy-thread.ts';

const ANSWERS: readonly RoundAnswer[] = ['a', 'b', 'because c'].map((text, member) => ({
  ...{ member, id: `m#${member + 1}`, text, weight: 1 },
}));
const MEMBERS = ANSWERS.map(({ id, weight }) => ({ id, weight }));

function load(code: string, options: Partial<StrategyThreadOptions> = {}) {
  const path = join(temporaryFolder(), 'mine.mts');
  writeFileSync(path, code);
  return loadStrategy('./mine.mts', { path, clock: systemClock, ...options });
}

async function prepared(code: string, options?: Partial<StrategyThreadOptions>) {
  const strategy = (await load(code, options)) as Strategy;
  const given = { parameters: {}, models: {}, members: MEMBERS, extract: null, seed: 0 };
  return { strategy, given, ready: await strategy.prepare(given) };
}

const noAsk = () => Promise.reject(new Error('nobody is asked'));
const selected = ({ select }: PreparedStrategy, ask: Parameters<typeof Object>[0] = noAsk) =>
  select!(ANSWERS, { ask: ask as never, asked: MEMBERS });

describe('a strategy in a file', () => {
  it('works in a thread, with what it was given itself in what it keeps', async () => {
    const { strategy, ready } = await prepared(`export const strategy = {
      decides: true,
      prepare: ({ members }) => ({
        request: 'Say why.',
        members: (taking) => taking.slice(1),
        system: (member) => (member === 0 ? members[0].id : undefined),
        extract: async (text) => (text === 'a' ? null : text),
        isDecided: (answers, outstanding) => outstanding.length === 0,
        wantsRound: (rounds) => rounds.length < 2,
        select: (answers) => ({
          kept: answers.filter(({ text }) => text.includes('because')),
          winners: [answers[2]],
          confidence: 0.5,
        }),
      }),
    };`);
    expect(strategy).toMatchObject({ name: './mine.mts', decides: true, parameters: [] });
    expect(ready.request).toBe('Say why.');
    expect(await ready.members!([0, 1, 2], [])).toEqual([1, 2]);
    expect(await ready.system!(0)).toBe('m#1');
    expect(await ready.system!(1)).toBeUndefined();
    expect(await ready.extract!('a')).toBeNull();
    expect(await ready.extract!('b')).toBe('b');
    expect(await ready.isDecided!([], [])).toBe(true);
    expect(await ready.wantsRound!([{ members: [0], ranking: null }])).toBe(true);
    const selection = await selected(ready);
    expect(selection.kept[0]).toBe(ANSWERS[2]);
    expect(selection.winners![0]).toBe(ANSWERS[2]);
    expect(selection.confidence).toBe(0.5);
  });

  it('has no functions but its own', async () => {
    const { ready } = await prepared('export const strategy = { prepare: () => ({}) };');
    expect(Object.keys(ready)).toEqual(['request']);
  });

  it('asks the models of its parameters through the row', async () => {
    const code = `export const strategy = { prepare: ({ models }) => ({
      select: async (answers, { ask, asked }) => {
        const { texts } = await ask('x', models.judge, { messages: [] }, { optional: true });
        return { kept: answers, degraded: [texts[0] + asked.length + models.judge.reference] };
      } }) };`;
    const judge = { reference: 'sim/judge' } as Model;
    const asks: unknown[] = [];
    const ask = async (...given: unknown[]) => {
      asks.push(given);
      await new Promise((resolve) => setTimeout(resolve, 700));
      return { texts: ['yes'], error: null } as unknown as Answer;
    };
    // While a model is asked, no time of the strategy passes.
    const strategy = (await load(code, { timeoutMs: 500 })) as Strategy;
    const { given } = await prepared('export const strategy = { prepare: () => ({}) };');
    const ready = await strategy.prepare({ ...given, models: { judge } });
    expect((await selected(ready, ask)).degraded).toEqual(['yes3sim/judge']);
    expect(asks).toEqual([['x', judge, { messages: [] }, { optional: true }]]);
    await expect(selected(ready, noAsk)).rejects.toThrow('nobody is asked');
  });

  it.each([
    ['hangs in a loop', 'for (;;) {}', 'it took longer than 0.5 s'],
    ['waits for nothing', 'return new Promise(() => {})', 'it took longer than 0.5 s'],
    ['leaves', 'process.exit(3)', 'it ended its thread'],
    ['throws', 'throw new Error("no\\u001b[2J")', 'no\\x1b[2J'],
    ['keeps what it was not given', 'return { kept: [{ text: "a" }] }', 'with answers that it was'],
    ['gives nothing', 'return undefined', 'with answers that it was given'],
    ['is surer than sure', 'return { kept: answers, confidence: 7 }', 'that can be used'],
    ['makes groups of nothing', 'return { kept: answers, agreement: {} }', 'that can be used'],
    ['gives a function', 'return { kept: answers, degraded: () => 1 }', 'could not be cloned'],
  ])('that %s fails, and nothing else', async (_, body, why) => {
    const code = `export const strategy = { prepare: () => ({ select: (answers) => { ${body} } }) };`;
    const { ready } = await prepared(code, { timeoutMs: 500 });
    await expect(selected(ready)).rejects.toThrow(why);
    await expect(selected(ready)).rejects.toThrow('--strategy ./mine.mts: select() failed: ');
  });

  it.each([
    ['for (;;) {}', 'it took longer than 1.5 s.'],
    ['process.exit(1)', 'it ended its thread.'],
    ['export const other = 1', 'it exports no object `strategy` with prepare().'],
    ['export const strategy = {}', 'its `strategy` has no function prepare().'],
    ['export const strategy = { parameters: 1, prepare() {} }', 'its parameters are no list.'],
    ['this is no code', /it cannot be loaded: /],
  ])('that is %j is told before anything is asked', async (code, why) => {
    expect(await load(code, { loadTimeoutMs: 1500 })).toMatch(why);
  });

  it('prints where it is asked for', async () => {
    const printed: string[] = [];
    await load('console.log("hello"); export const strategy = { prepare: () => ({}) };', {
      onOutput: (text) => printed.push(text),
    });
    await expect.poll(() => printed.join('')).toBe('hello\n');
  });
});
