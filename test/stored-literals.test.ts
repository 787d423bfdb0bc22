import { parseAst } from 'rolldown/parseAst';
import { expect, it } from 'vitest';
import { storedLiterals } from '../scripts/stored-literals.ts';

const LONG = 'x'.repeat(600);

/** What is stored of a module, and its text with a mark in each place. */
function stored(code: string): { values: unknown[]; rest: string } {
  const literals = storedLiterals(parseAst(code).body);
  const rest = literals.reduceRight(
    (text, { start, end }, index) => `${text.slice(0, start)}<${index}>${text.slice(end)}`,
    code,
  );
  return { values: literals.map(({ value }) => value), rest };
}

it('stores data that a variable of the outermost level is set to, as the same value', () => {
  const data = `[{ a: !0, 'b': !1, 3: [-1.5e3, null, "q\\n"], t: \`${LONG}\` }]`;
  const { values, rest } = stored(`export const list = ${data};\nlet other = 1;`);
  expect(values).toEqual([[{ a: true, b: false, 3: [-1500, null, 'q\n'], t: LONG }]]);
  expect(values).toEqual(JSON.parse(JSON.stringify(values)));
  expect(rest).toBe('export const list = <0>;\nlet other = 1;');
});

it('stores texts wherever they stand, in the order of the module', () => {
  const code = `const a = '${LONG}1';\nfunction f(x) { return g({ k: '${LONG}2' }) + x; }`;
  const { values, rest } = stored(code);
  expect(values).toEqual([`${LONG}1`, `${LONG}2`]);
  expect(rest).toBe('const a = <0>;\nfunction f(x) { return g({ k: <1> }) + x; }');
});

it.each([
  [
    'a list that a function makes anew',
    `function f() { return ['${'1'.repeat(9)}', ${'1,'.repeat(400)}]; }`,
  ],
  ['a name', `const a = f({ '${LONG}': 1 });`],
  ['what a module is called by', `import a from '${LONG}';`],
  ['a short text', `const a = 'x';`],
])('leaves %s', (_, code) => {
  expect(stored(code).values).toEqual([]);
});

it.each([
  ['a call', 'f()'],
  ['a variable', 'undefined'],
  ['a hole', '[1, , 2]'],
  ['a spread', '...rest'],
  ['a regular expression', '/x/'],
  ['a big integer', '1n'],
  ['minus zero', '-0'],
  ['more than a number can be', '1e999'],
  ['a text with a variable in it', `\`\${x}\``],
  ['a function', '() => 1'],
  ['a prototype', '{ __proto__: null }'],
  ['a computed name', '{ [x]: 1 }'],
  ['a getter', '{ get a() { return 1; } }'],
])('stores the texts beside %s, but not the list with it', (_, item) => {
  expect(stored(`const a = [${item}, '${LONG}'];`).values).toEqual([LONG]);
});
