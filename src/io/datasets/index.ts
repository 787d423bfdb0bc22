// Apart from the folder's own index, so that only who reads rows of any form loads it.
export { openBytes, openRows } from './open-bytes.ts';
export {
  type DatasetColumn,
  type ReadRowsOptions,
  readRows,
  type WriteCells,
} from './read-rows.ts';
