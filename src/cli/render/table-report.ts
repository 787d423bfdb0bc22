import type { TableReport } from '../../arena/index.ts';
import { plainLine } from '../../core/plain-text.ts';
import { countOf, countText } from './figures.ts';

const MAX_FILES = 5;
const MAX_EXAMPLES = 3;

/** Says how verdicts were read that are not the words of a side. */
function spellingLines({ letter = 0, number = 0, name = 0 }: TableReport['spellings']): string[] {
  return [
    ...(letter > 0
      ? [`${countOf(letter, 'verdict')} by letter: A is the left item, B the right, C a tie`]
      : []),
    ...(number > 0
      ? [`${countOf(number, 'verdict')} by number: the points of the left item, 1 where it won`]
      : []),
    ...(name > 0 ? [`${countOf(name, 'verdict')} by the name of the item that won`] : []),
  ];
}

/** Renders what was read: each file with its form, what was left out and why, what is left. */
export function renderTableReport(report: TableReport): string {
  const { files, invalid, nullGames, rowsWithoutSides, incompleteColumns, steps, bothBad } = report;
  const { missing, softVerdicts, unusedRenames, withoutRanking } = report;
  const lines = files
    .slice(0, MAX_FILES)
    .map(
      ({ name, form, container, gzip, rows }) =>
        `${name}: form ${form} (${container}${gzip ? ', gzip' : ''}), ${countOf(rows, 'comparison')}`,
    );
  if (files.length > MAX_FILES) {
    const rows = files.slice(MAX_FILES).reduce((sum, file) => sum + file.rows, 0);
    lines.push(`… and ${files.length - MAX_FILES} more files, ${countText(rows)} comparisons`);
  }
  if (invalid.count > 0) {
    lines.push(`${countOf(invalid.count, 'row is', 'rows are')} not understood and left out:`);
    for (const { file, line, problem } of invalid.examples.slice(0, MAX_EXAMPLES)) {
      lines.push(`  ${file}, line ${line}: ${problem}`);
    }
  }
  lines.push(...spellingLines(report.spellings));
  if (softVerdicts > 0) {
    const verdicts = countOf(softVerdicts, 'verdict lies', 'verdicts lie');
    lines.push(`${verdicts} between a win and a tie: each is two rows with weights`);
  }
  for (const [column, count] of Object.entries(missing)) {
    const rows = countOf(count, 'comparison has', 'comparisons have');
    lines.push(`${rows} no ${column}: each stands for itself`);
  }
  if (unusedRenames.length > 0) {
    lines.push(`--rename: no row has ${unusedRenames.slice(0, MAX_EXAMPLES).join(', ')}`);
  }
  if (nullGames > 0) {
    lines.push(
      `${countOf(nullGames, 'verdict is', 'verdicts are')} missing (a judge failed): left out, with the other game of a pair`,
    );
  }
  if (withoutRanking > 0) {
    const verdicts = countOf(withoutRanking, 'verdict holds', 'verdicts hold');
    lines.push(`${verdicts} no ranking (a judge failed, or its reply was none): left out`);
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
