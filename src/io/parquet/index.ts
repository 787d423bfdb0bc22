// Apart from the folder's own index, so that only who has a Parquet file loads it.
export { openParquet, type ParquetSource } from './read-parquet.ts';
