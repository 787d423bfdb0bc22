import type { RowCondition } from '../../arena/index.ts';
import type { Parsed } from '../option.ts';

/** Reads `COLUMN=VALUE` or `COLUMN!=VALUE`. */
export function rowCondition(text: string): Parsed<RowCondition> {
  const [, column = '', sign = '', value = ''] = /^([^=!]+)(!?=)(.*)$/s.exec(text) ?? [];
  return column.trim() === ''
    ? { problem: 'must be COLUMN=VALUE or COLUMN!=VALUE' }
    : { value: { column: column.trim(), value, negated: sign === '!=' } };
}
