import type { DatasetColumn, WriteCells } from '../io/datasets/index.ts';

/** Writes the cells of a table as JSON objects: texts as texts, a cell that is not there as null. */
export function tableObjects(columns: readonly DatasetColumn[]): WriteCells {
  const starts = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  return (cells) => {
    let text = '';
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]!;
      const value = cell === null || columns[at]!.isJson ? (cell ?? 'null') : JSON.stringify(cell);
      text += `${at === 0 ? '' : ','}${starts[at]}${value}`;
    }
    return `{${text}}`;
  };
}
