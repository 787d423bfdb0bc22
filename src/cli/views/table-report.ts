import type { TableReport } from '../../arena/index.ts';
import { plainLine } from '../../core/plain-text.ts';
import { countText } from './figures.ts';
import { countOf } from './statistics-text.ts';

const MOST_FILES = 5;
const MOST_EXAMPLES = 3;

/** Renders what was read: each file with its form, what was left out and why, what is left. */
export function renderTableReport(report: TableReport): string {
  const { files, invalid, nullGames, rowsWithoutSides, incompleteColumns, steps, bothBad } = report;
  const lines = files
    .slice(0, MOST_FILES)
    .map(
      ({ name, form, container, gzip, rows }) =>
        `${name}: form ${form} (${container}${gzip ? ', gzip' : ''}), ${countOf(rows, 'comparison')}`,
    );
  if (files.length > MOST_FILES) {
    const rows = files.slice(MOST_FILES).reduce((sum, file) => sum + file.rows, 0);
    lines.push(`… and ${files.length - MOST_FILES} more files, ${countText(rows)} comparisons`);
  }
  if (invalid.count > 0) {
    lines.push(`${countOf(invalid.count, 'row is', 'rows are')} not understood and left out:`);
    for (const { file, line, problem } of invalid.examples.slice(0, MOST_EXAMPLES)) {
      lines.push(`  ${file}, line ${line}: ${problem}`);
    }
  }
  if (nullGames > 0) {
    lines.push(
      `${countOf(nullGames, 'game')} without a verdict: left out with the other of the pair`,
    );
  }
  if (incompleteColumns.length > 0) {
    lines.push(`not used, because some rows lack them: ${incompleteColumns.join(', ')}`);
  }
  for (const { step, removedRows, judges } of steps) {
    const who = judges.length === 0 ? '' : ` (${judges.join(', ')})`;
    lines.push(`${step}: removed ${countOf(removedRows, 'comparison')}${who}`);
  }
  if (rowsWithoutSides > 0) {
    lines.push(
      `${countOf(rowsWithoutSides, 'comparison does', 'comparisons do')} not say which answer was shown first`,
    );
  }
  if (bothBad > 0)
    lines.push(`${countOf(bothBad, 'verdict says', 'verdicts say')} that both are bad`);
  return lines
    .map((line) => `${line.startsWith('  ') ? '  ' : ''}${plainLine(line, 300)}\n`)
    .join('');
}
