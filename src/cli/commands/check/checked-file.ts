import { plainLine } from '../../../core/plain-text.ts';
import { renderProblem } from '../../../experiment/index.ts';
import type { CheckedFile } from '../../../runtime/index.ts';
import { countOf, countText } from '../../render/figures.ts';

/** Renders what was found in one experiment, a line for each problem and one for all. */
export function renderChecked({ file, readable, rows, problems, total }: CheckedFile): string {
  const name = plainLine(file, 500);
  const lines = problems.map((problem) => {
    const warning = problem.severity === 'warning' ? ' [warning]' : '';
    return plainLine(renderProblem(name, problem), 1000) + warning;
  });
  // What cannot be read at all is named in the message that says why.
  if (!readable) return `${problems.map(whyUnreadable).join('\n')}\n`;
  const hidden = total - problems.length;
  if (hidden > 0) lines.push(`${name}: and ${countText(hidden)} more`);
  const found = total === 0 ? 'nothing is wrong' : `${countText(total)} to look at`;
  return `${[...lines, `${name}: ${countOf(rows, 'good row')}, ${found}`].join('\n')}\n`;
}

function whyUnreadable({ message, hint }: CheckedFile['problems'][number]): string {
  const text = hint === null ? message : `${message}; ${hint}`;
  return text
    .split('\n')
    .map((line) => plainLine(line, 1000))
    .join('\n');
}
