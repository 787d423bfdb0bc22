import { describe, expect, it } from 'vitest';
import { someAnswer } from '../../../test/support/some-answer.ts';
import type { CallMarks } from '../../store/index.ts';
import type { OpenAsk } from './open-ask.ts';
import { SavedAnswers } from './saved-answers.ts';

const HASH = '0123456789abcdef';

/** A saved answer whose text is its name. Marks of null: its line is one of version 1. */
function saved(name: string, hash: string | null = HASH) {
  const marks: CallMarks | null = hash === null ? null : { hash, lane: 'a/1' };
  const answer = someAnswer({ name }, { texts: [name] });
  return { type: 'answer', answer, marks, envelope: {} } as const;
}

/** The calls that a workflow waits for, of which the keeper has been told. */
function openAsks(keeper: SavedAnswers, ...names: readonly string[]): Map<string, OpenAsk> {
  for (const name of names) keeper.want(name);
  return new Map(names.map((name) => [name, openAsk()]));
}

function openAsk(state: OpenAsk['state'] = 'held', hash = HASH): OpenAsk {
  return { state, hash } as OpenAsk;
}

function keeperOf(...answers: readonly ReturnType<typeof saved>[]) {
  const stale: string[] = [];
  return { keeper: new SavedAnswers({ answers, replaced: [] }, (name) => stale.push(name)), stale };
}

describe('saved answers', () => {
  it('are taken in the order of their lines, whatever the order of the calls', () => {
    const { keeper, stale } = keeperOf(saved('b'), saved('a'), saved('c'));
    const open = openAsks(keeper, 'c', 'a', 'b');
    const taken = [1, 2, 3].map(() => {
      const { ask, answer } = keeper.take(open)!;
      expect(ask).toBe(open.get(answer.key.name));
      return answer.texts[0];
    });
    expect(taken).toEqual(['b', 'a', 'c']);
    expect([keeper.take(open), keeper.holdsOthers, stale]).toEqual([undefined, false, []]);
  });

  it('are each taken once', () => {
    const { keeper } = keeperOf(saved('a'), saved('b'));
    expect(keeper.has('a')).toBe(true);
    keeper.take(openAsks(keeper, 'a'));
    expect([keeper.has('a'), keeper.has('b')]).toEqual([false, true]);
    expect(keeper.take(openAsks(keeper, 'a'))).toBeUndefined();
  });

  it('are passed over as long as nobody waits for them', () => {
    const { keeper } = keeperOf(saved('a'), saved('b'), saved('c'));
    const open = new Map([
      ['a', openAsk('sent')],
      ['c', openAsk()],
    ]);
    for (const name of open.keys()) keeper.want(name);
    expect(keeper.take(open)?.answer.key.name).toBe('c');
    expect(keeper.has('a')).toBe(true);
  });

  it('are not taken for another question, which is told', () => {
    const { keeper, stale } = keeperOf(saved('a', 'another'), saved('b'));
    expect(keeper.take(openAsks(keeper, 'a', 'b'))?.answer.key.name).toBe('b');
    expect(stale).toEqual(['a']);
    expect(keeper.has('a')).toBe(false);
    expect(keeper.rest()).toEqual([]);
  });

  it('of version 1 have no hash and are taken by their names', () => {
    const { keeper, stale } = keeperOf(saved('a', null));
    expect(keeper.take(openAsks(keeper, 'a'))?.answer.texts).toEqual(['a']);
    expect(stale).toEqual([]);
  });

  it('hold back what has none, but not for longer than two turns in which none is asked for', () => {
    const { keeper } = keeperOf(saved('a'), saved('b'), saved('c'));
    const nothing = openAsks(keeper, 'new');
    expect(keeper.holdsOthers).toBe(true);
    keeper.take(nothing);
    expect(keeper.holdsOthers).toBe(true);
    // One that is asked for begins the patience anew.
    keeper.take(openAsks(keeper, 'a'));
    keeper.take(nothing);
    expect(keeper.holdsOthers).toBe(true);
    keeper.take(nothing);
    expect(keeper.holdsOthers).toBe(false);
    // It is still taken when it is asked for late, and then the others are waited for again.
    expect(keeper.take(openAsks(keeper, 'c'))?.answer.key.name).toBe('c');
    expect(keeper.holdsOthers).toBe(true);
  });

  it('that nobody asked for are what is left', () => {
    const { keeper } = keeperOf(saved('a'), saved('b'), saved('c'));
    keeper.take(openAsks(keeper, 'b'));
    expect(keeper.rest().map(({ key }) => key.name)).toEqual(['a', 'c']);
  });

  it('hold back nothing where there are none', () => {
    const { keeper } = keeperOf();
    expect([keeper.holdsOthers, keeper.want('a'), keeper.rest()]).toEqual([false, false, []]);
  });

  it('are looked for among those that are asked for, however many are not', () => {
    const names = Array.from({ length: 2000 }, (_, number) => `${number}`);
    const { keeper } = keeperOf(...names.map((name) => saved(name)));
    let looks = 0;
    const open = {
      get: () => {
        looks++;
        return openAsk();
      },
    };
    for (let turn = 0; turn < 2000; turn++) keeper.take(open);
    expect(looks).toBe(0);
    // From behind, one after the other, and then all at once.
    for (const name of names.slice(1000).reverse()) {
      keeper.want(name);
      expect(keeper.take(open)?.answer.texts).toEqual([name]);
    }
    for (const name of names) keeper.want(name);
    for (const name of names.slice(0, 1000)) {
      expect(keeper.take(open)?.answer.texts).toEqual([name]);
    }
    expect([keeper.take(open), keeper.rest(), looks]).toEqual([undefined, [], 2000]);
  });
});
