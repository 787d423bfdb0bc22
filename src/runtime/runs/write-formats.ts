import { join } from 'node:path';
import { EXPORT_FORMATS } from '../../experiment/exports/export-format.ts';
import type { RunFolder } from '../../store/index.ts';
import type { RunRequest } from './run-input.ts';

/** Writes the results of a run that has ended in the forms that were asked for, beside `completed.jsonl`. */
export async function writeFormats(
  { formats = [], excelSafe }: Pick<RunRequest, 'formats' | 'excelSafe'>,
  { path, completed }: RunFolder,
): Promise<void> {
  if (formats.length === 0) return;
  const { exportResults } = await import('../../experiment/exports/index.ts');
  for (const format of formats) {
    const output = join(path, `completed${EXPORT_FORMATS[format]}`);
    await exportResults({ input: completed, output, format, excelSafe });
  }
}
