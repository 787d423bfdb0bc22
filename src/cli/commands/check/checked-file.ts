import { plainLine } from '../../../core/plain-text.ts';
import { renderProblem } from '../../../experiment/index.ts';
import type { CheckedFile } from '../../../runtime/index.ts';
import { countText } from '../../render/figures.ts';

/** Renders what was found in one experiment, a line for each problem and one for all. */
export function renderChecked({ file, rows, problems, total }: CheckedFile): string {
  const name = plainLine(file, 500);
  const lines = problems.map((problem) => {
    const warning = problem.severity === 'warning' ? ' [warning]' : '';
    return plainLine(renderProblem(name, problem), 1000) + warning;
  });
  const hidden = total - problems.length;
  if (hidden > 0) lines.push(`${name}: and ${countText(hidden)} more`);
  const found = total === 0 ? 'nothing is wrong' : `${countText(total)} to look at`;
  const good = `${countText(rows)} good ${rows === 1 ? 'row' : 'rows'}`;
  return `${[...lines, `${name}: ${good}, ${found}`].join('\n')}\n`;
}
