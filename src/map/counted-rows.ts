import type { MapCounts, StepCounts } from './map-counts.ts';
import type { RowYield } from './row-yield.ts';

/** Counts what becomes of rows. */
export class CountedRows {
  in = 0;
  answered = 0;
  failed = 0;
  skipped = 0;
  /** Rows whose call was not sent, or not answered. */
  unasked = 0;
  out = 0;
  repaired = 0;
  truncated = 0;
  partial = 0;
  invalid = 0;
  empty = 0;
  dropped = 0;
  /** Keys of objects that no column asked for. */
  droppedKeys = 0;
  /** Of a chain, what became of the rows of each step, in order. */
  readonly steps: StepCounts[] = [];

  /** Counts a row of the input. */
  add(row: RowYield): void {
    this.in++;
    this[row.state]++;
    if (row.isRepaired) this.repaired++;
    if (row.isTruncated) this.truncated++;
    if (row.isPartial) this.partial++;
    if (row.isInvalid) this.invalid++;
    if (row.isEmpty) this.empty++;
    this.droppedKeys += row.droppedKeys;
  }

  /** True when every row is accounted for. */
  get isWhole(): boolean {
    return this.in === this.answered + this.failed + this.skipped + this.unasked;
  }

  /** The counts as they are told, with what was asked. */
  with({ asks, reasked }: Pick<MapCounts, 'asks' | 'reasked'>): MapCounts {
    const { answered, failed, skipped, out, repaired, truncated } = this;
    const { partial, invalid, empty } = this;
    const dropped = this.steps.reduce((sum, step) => sum + step.dropped, this.dropped);
    return {
      in: this.in,
      ...{ answered, failed, skipped, out, asks, reasked, repaired, truncated },
      ...{ partial, invalid, empty, dropped },
    };
  }
}
