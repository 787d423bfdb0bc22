import { TableProblem } from '../table-problem.ts';

/** What is wrong with a Parquet file: the end of a sentence that begins with its name. */
export class ParquetProblem extends TableProblem {}

/** Bytes that contradict themselves. @param what which of them */
export function damaged(what: string): ParquetProblem {
  return new ParquetProblem(`is a damaged Parquet file: ${what}`, 'Fetch or write the file again.');
}

/** How pyarrow writes a file anew in small groups of rows. */
export const REWRITE_LINE =
  'python -c "import sys, pyarrow.parquet as p; p.write_table(p.read_table(sys.argv[1]), sys.argv[2], row_group_size=5000)" OLD.parquet NEW.parquet';
