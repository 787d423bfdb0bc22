import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test.each(['-1', '+1', '-1.', '-1.5', '-.5', '+12.50e-3', '-1E5', '-0'])(
  'leaves the number %s as it is for a spreadsheet',
  (text) => {
    expect(csvLine([text], { excelSafe: true })).toBe(`${text}\n`);
  },
);

test.each([
  '＝1',
  '＋1',
  '－1',
  '＠a',
  '-',
  '-x',
  '-1x',
  '-.',
  '-1..2',
  '-1e',
  '--1',
  '+1 2',
  '=1',
  '@a',
  '-1.5.2',
])('puts an apostrophe before %s, which is a formula to a spreadsheet', (text) => {
  expect(csvLine([text], { excelSafe: true })).toBe(`'${text}\n`);
  expect(csvLine([text])).toBe(`${text}\n`);
});

test('puts an apostrophe before a line feed, behind which a formula may stand', () => {
  expect(csvLine(['\n=1'], { excelSafe: true })).toBe('"\'\n=1"\n');
});
