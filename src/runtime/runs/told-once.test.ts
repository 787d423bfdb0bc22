import { expect, it } from 'vitest';
import type { PromptoFinding } from '../../experiment/index.ts';
import { toldOnce } from './told-once.ts';

it("tells of results once in an engine's life, of tables too, and of rows each time", () => {
  const rows: PromptoFinding = { kind: 'unlike_prompto', rows: 1, says: 'it differs' };
  const lines: PromptoFinding = { kind: 'prompto_rows', fromTable: false };
  const table: PromptoFinding = { kind: 'prompto_rows', fromTable: true };
  const engine = {};
  expect(toldOnce(engine, [rows, lines])).toEqual([rows, lines]);
  expect(toldOnce(engine, [rows, lines])).toEqual([rows]);
  expect(toldOnce(engine, [table])).toEqual([table]);
  expect(toldOnce({}, [lines])).toEqual([lines]);
});
