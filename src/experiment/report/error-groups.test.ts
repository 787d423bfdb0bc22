import { describe, expect, it } from 'vitest';
import { ErrorGroups } from './error-groups.ts';

const error = (message: string, code = 'bad_request') => ({
  code,
  message,
  hint: null,
  partialText: null,
});

describe('ErrorGroups', () => {
  it('takes errors together that differ in numbers, ids and quotations', () => {
    const groups = new ErrorGroups();
    groups.add('m', error('request req_01ab took 3 s: "a"'), 1);
    groups.add('m', error('request req_77 took 12 s: "b c"'), 2);
    groups.add('m', error('request was refused'), 3);
    groups.add('other', error('request was refused'), 4);
    groups.add('m', error('request was refused', 'forbidden'), 5);
    expect(
      groups.groups().map(({ model, code, rows, lines }) => [model, code, rows, lines]),
    ).toEqual([
      ['m', 'bad_request', 2, [1, 2]],
      ['m', 'bad_request', 1, [3]],
      ['other', 'bad_request', 1, [4]],
      ['m', 'forbidden', 1, [5]],
    ]);
    expect(groups.groups()[0]!.message).toBe('request req_01ab took 3 s: "a"');
  });

  it('stays small: 200 groups, five lines each, short messages', () => {
    const groups = new ErrorGroups();
    const letters = (index: number) =>
      String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26));
    for (let round = 0; round < 10; round++) {
      for (let index = 0; index < 300; index++)
        groups.add('m', error(letters(index) + 'x'.repeat(5000)), index);
    }
    expect(groups.groups()).toHaveLength(200);
    expect(groups.others).toBe(1000);
    expect(groups.groups()[0]!.lines).toHaveLength(5);
    expect(groups.groups()[0]!.message.length).toBe(600);
  });
});
