// Apart from the folder's own index, so that who keeps nothing on the disk loads none of what does.
export { answerJson, responseJson } from './answer-json.ts';
export { MemoryLog } from './memory-log.ts';
export { PagedNumbers } from './paged-numbers.ts';
export { notSentError, RowSums } from './row-sums.ts';
export { type NewRow, type RowState, RowTable } from './row-table.ts';
