import { describe, expect, it } from 'vitest';
import { membersOf, objectText, withNew, withReplaced } from './members.ts';

const TEXT = ' { "a" : 1.0 , "2":"}{,\\"","n":[1, {"a":2}] , "é":null} ';

describe('the members of an object', () => {
  it('are in the order of the text, each value as it is written', () => {
    expect(membersOf(TEXT)).toEqual([
      { name: 'a', value: '1.0' },
      { name: '2', value: '"}{,\\""' },
      { name: 'n', value: '[1, {"a":2}]' },
      { name: 'é', value: 'null' },
    ]);
    expect(membersOf('{}')).toEqual([]);
  });

  it('make the same object again', () => {
    expect(JSON.parse(objectText(membersOf(TEXT)))).toEqual(JSON.parse(TEXT));
  });

  it('come behind the others, or in the place of one of the same name', () => {
    const added = [{ name: 'x "y"', value: '9007199254740993' }];
    expect(withNew('{"a":1.0}', added)).toBe('{"a":1.0,"x \\"y\\"":9007199254740993}');
    expect(withNew('{}', added)).toBe('{"x \\"y\\"":9007199254740993}');
    const replaced = withReplaced('{"a":1.0,"__proto__":1,"b":2}', [
      { name: '__proto__', value: 'null' },
      { name: 'c', value: '3' },
    ]);
    expect(replaced).toBe('{"a":1.0,"__proto__":null,"b":2,"c":3}');
  });
});
