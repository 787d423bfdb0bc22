export { type ExportRequest, exportResults } from './export-results.ts';
