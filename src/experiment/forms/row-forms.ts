import type { ReadRowsOptions } from '../../io/datasets/index.ts';
import { cellObjectWriter, isHeader } from './cell-object.ts';
import { type RequestTarget, requestReader } from './request-line.ts';

/** What may be said of the form of rows. */
export interface RowFormOptions {
  /** Columns of a table, besides those of parameters, whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Whom the lines are for, where they are requests and no rows; default: such lines are not read. */
  readonly requests?: RequestTarget | undefined;
}

/** How rows of any form become the JSON lines of an experiment: cells, requests, and lines of text. */
export function rowForms({
  typed = [],
  requests,
}: RowFormOptions): Pick<ReadRowsOptions, 'isHeader' | 'cellsOf' | 'rewriterOf' | 'textOf'> {
  return {
    isHeader,
    cellsOf: (columns) => cellObjectWriter(columns, typed),
    rewriterOf: (first) => requests && requestReader(first, requests),
    textOf: (prompt) => JSON.stringify({ prompt }),
  };
}
