/** The forms in which results are written, with what their files' names end in. */
export const EXPORT_FORMATS = {
  csv: '.csv',
  parquet: '.parquet',
  arrow: '.arrow',
  'openai-batch': '.openai-batch.jsonl',
  cookbook: '.cookbook.jsonl',
} as const;

/** A form in which results are written. */
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** How results are written. */
export interface ExportOptions {
  readonly format: ExportFormat;
  /** In CSV, defuses what a spreadsheet would take for a formula; default false. */
  readonly excelSafe?: boolean | undefined;
}
