import { describe, expect, it } from 'vitest';
import { messageOf } from './thrown-message.ts';

const because = (message: string, cause: unknown) => new Error(message, { cause });

describe('the words of what was thrown', () => {
  it.each<[unknown, string]>([
    [new Error('no more'), 'no more'],
    [new RangeError(), 'RangeError'],
    ['text', 'text'],
    [undefined, 'undefined'],
    [Symbol('x'), 'Symbol(x)'],
    [{ code: 7, message: 'the gate is shut' }, 'the gate is shut'],
    [{ code: 7 }, '{"code":7}'],
    [{ toString: () => 'mine' }, 'mine'],
    [because('no verdict', new Error('line 3')), 'no verdict (line 3)'],
    [because('no verdict', 'it is late'), 'no verdict (it is late)'],
    [because('no verdict: line 3', new Error('line 3')), 'no verdict: line 3'],
    [because('a', because('b', because('c', because('d', 'e')))), 'a (b (c (d)))'],
    [new AggregateError([new Error('x'), new Error('y')], 'all'), 'all: x; y'],
    [new AggregateError(['x', 'x', 'y', 'z', 'w'], 'all'), 'all: x; y; z and 1 more'],
    [new AggregateError([], 'all'), 'all'],
    [new AggregateError([because('x', 'why')], 'all'), 'all: x (why)'],
  ])('%# are those of its own', (thrown, words) => {
    expect(messageOf(thrown)).toBe(words);
  });

  it('end where a cause leads back to where it came from', () => {
    const first = new Error('first');
    const second = because('second', first);
    first.cause = second;
    expect(messageOf(second)).toBe('second (first (second (first)))');
    const all = new AggregateError([], 'all');
    all.errors.push(all);
    expect(messageOf(all)).toBe('all: all: all: all');
  });

  it('are missing where it cannot be looked at', () => {
    const shy = new Proxy(new Error(), {
      get: () => {
        throw new Error('not to be looked at');
      },
    });
    expect(messageOf(shy)).toBe('it threw what cannot be shown');
  });
});
