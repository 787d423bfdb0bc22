/** The cells of a row, as places in `bytes`; all arrays are reused for the next row. */
export interface Cells {
  bytes: Buffer;
  count: number;
  start: Int32Array;
  end: Int32Array;
  /** Running hash of the bytes of each cell. */
  hash: Int32Array;
  /** Number of the line on which the row begins, counted from 1. */
  line: number;
}

/** Room for the cells of a row. */
export function emptyCells(): Cells {
  return {
    bytes: Buffer.alloc(0),
    count: 0,
    start: new Int32Array(64),
    end: new Int32Array(64),
    hash: new Int32Array(64),
    line: 1,
  };
}

/** Makes room for twice as many cells. */
export function growCells(cells: Cells): void {
  for (const column of ['start', 'end', 'hash'] as const) {
    const larger = new Int32Array(cells[column].length * 2);
    larger.set(cells[column]);
    cells[column] = larger;
  }
}
