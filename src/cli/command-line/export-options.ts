import { EXPORT_FORMATS, type ExportFormat } from '../../experiment/exports/export-format.ts';
import { repeatedOption, switchOption } from './option.ts';
import { oneOf } from './option-values.ts';

const FORMATS = Object.keys(EXPORT_FORMATS) as ExportFormat[];

/** The options of everything that writes results in other forms. */
export const EXPORT_OPTIONS = {
  formats: repeatedOption(
    '--format FORMAT',
    `Write the results also as ${FORMATS.join(', ')}`,
    oneOf(FORMATS),
  ),
  excelSafe: switchOption(
    '--excel-safe',
    'In CSV, put an apostrophe before what a spreadsheet would take for a formula',
  ),
} as const;
