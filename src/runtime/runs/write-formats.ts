import { join } from 'node:path';
import { TuttiError } from '../../core/tutti-error.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../experiment/exports/export-format.ts';
import type { RunFolder } from '../../store/index.ts';
import type { RunRequest } from './run-input.ts';

const FORMATS = Object.keys(EXPORT_FORMATS) as ExportFormat[];

/** Where the results of a run are in their further forms, the page of a report among them. */
export function formatFiles(folder: RunFolder): readonly string[] {
  return [...FORMATS.map((format) => formatFile(folder, format)), reportFile(folder)];
}

/** Where the page of a run's report is. */
export function reportFile({ path }: RunFolder): string {
  return join(path, 'report.html');
}

/**
 * Writes the results of a run that has ended in the forms that were asked for, beside `completed.jsonl`.
 *
 * @returns why forms could not be written, a sentence each; the others are
 */
export async function writeFormats(
  { formats = [], excelSafe }: Pick<RunRequest, 'formats' | 'excelSafe'>,
  folder: RunFolder,
): Promise<readonly string[]> {
  if (formats.length === 0) return [];
  const { exportResults } = await import('../../experiment/exports/index.ts');
  const unwritten: string[] = [];
  for (const format of formats) {
    const output = formatFile(folder, format);
    try {
      await exportResults({ input: folder.completed, output, format, excelSafe });
    } catch (error) {
      if (!(error instanceof TuttiError)) throw error;
      const hint = error.hint === undefined ? '' : ` ${error.hint}`;
      unwritten.push(`The results could not be written as ${format}: ${error.message}.${hint}`);
    }
  }
  return unwritten;
}

function formatFile({ path }: RunFolder, format: ExportFormat): string {
  return join(path, `completed${EXPORT_FORMATS[format]}`);
}
