import { plainLine, plainText } from '../../core/plain-text.ts';
import type { ReadyRun } from '../../runtime/index.ts';
import { countOf, countText } from './figures.ts';
import { limitsText, unusedLimitsText } from './limits-text.ts';
import { renderNotice } from './notices.ts';

/** Renders what stands before a run: experiment, rows, lanes, limits, what is left out, where the results are. */
export function renderRunStart(run: Omit<ReadyRun, 'discard' | 'execute'>): string {
  const { input, rows, limits, limitsFile, defaultLimits, malformedLines } = run;
  const { totalRequestsPerMinute: total } = run;
  const usual = limitsText(defaultLimits).join(', ');
  const lines = [
    ...run.notices.map(renderNotice),
    [
      plainLine(input, 500),
      countOf(rows, 'row'),
      countOf(limits.size, 'lane'),
      limitsFile === undefined ? usual : `${limitsFile}, else ${usual}`,
      ...(total === null ? [] : [`${countText(total)} requests/min in all`]),
    ].join(' · '),
    ...unusedLimitsText(run),
    ...(malformedLines > 0
      ? [`left out: ${countOf(malformedLines, 'malformed line')} (failed.jsonl)`]
      : []),
    `${run.resumed ? 'goes on with' : 'results:'} ${plainLine(run.folder, 1000)}`,
  ];
  return lines.map((line) => `${plainText(line)}\n`).join('');
}
