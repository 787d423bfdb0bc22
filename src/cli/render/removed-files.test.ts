import { expect, it } from 'vitest';
import { renderRemoved } from './removed-files.ts';

it('names what is gone, and what makes it anew', () => {
  expect(renderRemoved({})).toBe('');
  expect(renderRemoved({ removed: ['completed.csv', 'completed.parquet', 'summary.json'] })).toBe(
    'removed  completed.csv, completed.parquet, summary.json: they were of earlier results. To make them again: tutti export, tutti score\n',
  );
});
