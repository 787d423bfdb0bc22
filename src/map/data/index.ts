export { bestReading, reaskMessage } from './best-reading.ts';
export type { OutputColumn } from './output-column.ts';
export { type GivenForm, type OutputForm, outputForm } from './output-form.ts';
export { type DataMistake, type DataReading, readData } from './read-data.ts';
