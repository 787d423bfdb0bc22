import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { lostByJson } from './lost-by-json.ts';

const lost = (value: unknown) => lostByJson(value, JSON.stringify(value));

it.each([
  [new Map([[1, 2]]), 'a Map'],
  [new Set([1]), 'a Set'],
  [/x/, 'a RegExp'],
  [new Error('e'), 'an Error'],
  [() => 1, 'a function'],
  [Symbol('s'), 'a symbol'],
  [Promise.resolve(1), 'a Promise'],
  [(async function* () {})(), 'an object of a kind of its own'],
  [
    new (class Secret {
      #kept = 1;
      get kept() {
        return this.#kept;
      }
    })(),
    'a Secret',
  ],
])('tells of %o that JSON keeps nothing of it', (value, said) => {
  expect(lost(value)).toBe(said);
});

it.each([
  [{}],
  [Object.create(null)],
  [runInNewContext('({})')],
  [undefined],
  [null],
  [[]],
  [0],
  ['{}'],
  [new Date(0)],
  [
    new (class {
      x = 1;
    })(),
  ],
  [{ toJSON: () => ({}) }],
])('has nothing to say of %o', (value) => {
  expect(lost(value)).toBeUndefined();
});
