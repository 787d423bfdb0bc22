export { chunksOf } from './chunks.ts';
export {
  cutColumns,
  cuttableColumns,
  type KeptChars,
  MAX_CUTS,
  type TooLong,
} from './cut-columns.ts';
export { cutInMiddle } from './left-out.ts';
