/** A value as it lies in a file; bytes are valid for as long as they are held. */
export type PhysicalValue = boolean | number | bigint | Buffer;

/** Values in the order in which they lie. */
export interface PhysicalValues {
  /** @throws RangeError, ParquetProblem where there are no more. */
  next(): PhysicalValue;
}
