import { expect, it } from 'vitest';
import { placeOf } from './thrown-error.ts';

const OWN = 'file:///home/me/node_modules/tutti/';

it.each([
  ['a function', 'TypeError: x\n    at refine (file:///home/me/refine.ts:12:5)', 'refine.ts:12:5'],
  ['the top of a file', 'Error: x\n    at file:///home/me/refine.js:3:1', 'refine.js:3:1'],
  ['Windows', 'Error: x\n    at async f (C:\\work\\refine.cjs:3:1)', 'refine.cjs:3:1'],
  [
    'below the package and Node',
    `Error: x\n    at parse (${OWN}dist/chunks/a.js:1:999)\n    at node:internal/x:1:2\n    at run (file:///home/me/a.ts:4:2)`,
    'a.ts:4:2',
  ],
  ['nowhere else', `Error: x\n    at parse (${OWN}dist/chunks/a.js:1:999)`, undefined],
  ['no stack', undefined, undefined],
  ['a stack of somebody else', 'not a stack at all (1:2', undefined],
])('finds where an error was thrown: %s', (_, stack, place) => {
  expect(placeOf(stack, OWN)).toBe(place);
});
