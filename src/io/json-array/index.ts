// Apart from the folder's own index, so that only who reads a list of JSON loads it.
export { type ArrayRow, jsonArrayRows } from './json-array-rows.ts';
