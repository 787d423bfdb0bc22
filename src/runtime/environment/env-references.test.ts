import { expect, it } from 'vitest';
import { parseEnvFile } from './env-file.ts';
import { replaceReferences } from './env-references.ts';

/** References are written with another sign here, so that they are none of this language. */
const dollars = (text: string) => text.replaceAll('€', '$');

const valuesOf = (text: string) => {
  const { entries, openReferences } = replaceReferences(parseEnvFile(dollars(text)));
  return { values: entries.map(({ value }) => value), open: openReferences };
};

it('puts in what the file sets before, in every kind of quotes, and defaults', () => {
  const { values, open } = valuesOf(
    'A=one\nB=€{A}-€{A}\nC=\'€{B}\'\nD="€{C} €{NONE:-two}"\nE=€{NONE:-}x\nF=$A $(ls) `ls`\nA=three\nG=€{A}',
  );
  expect(values).toEqual([
    'one',
    'one-one',
    'one-one',
    'one-one two',
    'x',
    '$A $(ls) `ls`',
    'three',
    'three',
  ]);
  expect(open).toEqual([]);
});

it('leaves what it does not set, itself and the real environment, and says where', () => {
  const { values, open } = valuesOf('A=€{HOME}\n\nB=€{B}\nC=€{}');
  expect(values).toEqual(['€{HOME}', '€{B}', '€{}'].map(dollars));
  expect(open).toEqual([
    { variable: 'A', line: 1 },
    { variable: 'B', line: 3 },
    { variable: 'C', line: 4 },
  ]);
});

it('reads a value that is put in no second time, and ends where values double', () => {
  const doubling = Array.from({ length: 40 }, (_, at) => `A${at + 1}=€{A${at}}€{A${at}}`);
  expect(valuesOf('A=€{B}\nC=€{A}').values).toEqual(['€{B}', '€{B}'].map(dollars));
  const { values, open } = valuesOf(`A0=x\n${doubling.join('\n')}`);
  expect(Math.max(...values.map(({ length }) => length))).toBeLessThan(21_000);
  expect(open.length).toBeGreaterThan(0);
});

it('leaves colons that begin no default, and takes no longer for braces that do not close', () => {
  const { values, open } = valuesOf('A=x\nB=€{A:x}€{A:-y}€{a:b€{A}}\nC=€{€{A}');
  expect(values).toEqual(['x', dollars('€{A:x}x€{a:bx}'), dollars('€{€{A}')]);
  expect(open).toEqual([{ variable: 'C', line: 3 }]);
  const startMs = performance.now();
  for (const start of ['€{', '€{:-', '€{a:']) valuesOf(`A="${start.repeat(200_000)}:x}"`);
  expect(performance.now() - startMs).toBeLessThan(2_000);
});
