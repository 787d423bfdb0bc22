export { type ChainPlan, type ChainStep, chainColumns } from './chain/chain-plan.ts';
export { columnProblems, type NamedColumn } from './column-problems.ts';
export { CountedRows } from './counted-rows.ts';
export { outputForm } from './data/index.ts';
export { explodedRows } from './explosion.ts';
export { fileRows } from './file-rows.ts';
export type { MapCounts, StepCounts } from './map-counts.ts';
export {
  type ChunkSize,
  type DataOutput,
  fieldsOf,
  type MapPlan,
  newColumns,
  ONLY_STEP,
  type Overflow,
  type TextOutput,
} from './map-plan.ts';
export { type MapRow, MapRows } from './map-rows.ts';
export { mapSetup, type PreparedMap } from './map-setup.ts';
export { type OutputForm, outputFormOf } from './output-form.ts';
export { type ChainRows, type OutputShaping, OutputTable } from './output-table.ts';
export { planOf, rowOf } from './plan-row.ts';
export { programRow } from './program-row.ts';
export {
  type MapTable,
  type MissingColumns,
  MODEL_COLUMN,
  type ReadTableOptions,
  readTable,
  type TableModel,
} from './read-table.ts';
export { fillingProblem, messagesOf } from './row-question.ts';
export { TableColumns } from './table-columns.ts';
export { type OutputWriting, writeForm, writeOutput } from './write-output.ts';
