import type { JsonObject } from '../../core/json.ts';
import { modelOfRow } from '../row/model-name.ts';

/** What a summary asks of a row: whose it is, and what was asked. */
export interface RowFacts {
  readonly model: string;
  readonly group: string | null;
  readonly unit: string | null;
}

const UNKNOWN_MODEL = '(no model)';

/**
 * Reads of a row whose it is. Its unit is the value of `unitKey`; where none is named that of `input-id`, which
 * rewordings of one prompt share, else the prompt. A row without it stands for itself.
 */
export function rowFacts(row: JsonObject, unitKey: string | undefined): RowFacts {
  const { group } = row;
  const unit = unitKey === undefined ? (row['input-id'] ?? row.prompt) : row[unitKey];
  return {
    model: modelOfRow(row) ?? UNKNOWN_MODEL,
    group: typeof group === 'string' && group !== '' ? group : null,
    unit: unit === undefined || unit === null ? null : JSON.stringify(unit),
  };
}
