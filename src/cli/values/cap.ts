import type { Cap } from '../../ranking/index.ts';
import type { Parsed } from '../option.ts';

/** Reads `COLUMN[/COLUMN]=N`: at most N comparisons of each combination. */
export function cap(text: string): Parsed<Cap> {
  const [, names = '', count = ''] = /^(.+)=(\d{1,9})$/.exec(text.trim()) ?? [];
  const columns = names.split('/').map((name) => name.trim());
  return Number(count) >= 1 && !columns.includes('')
    ? { value: { columns, most: Number(count) } }
    : { problem: 'must be COLUMN=N or COLUMN/COLUMN=N, such as judge/day=30' };
}
