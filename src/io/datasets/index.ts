// Apart from the folder's own index, so that only who reads rows of any form loads it.
export type { StoredType } from '../stored-type.ts';
export { type DatasetForm, extensionForm } from './dataset-form.ts';
export { openBytes, openRows } from './open-bytes.ts';
export { type ReadRowsOptions, readRows } from './read-rows.ts';
export type { DatasetColumn, WriteCells } from './written-row.ts';
