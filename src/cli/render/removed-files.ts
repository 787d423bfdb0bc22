import { plainLine } from '../../core/plain-text.ts';
import type { RemovedFiles } from '../../runtime/index.ts';

/** What makes a file anew, by what its name is. */
const MADE_BY: readonly (readonly [name: RegExp, command: string])[] = [
  [/^completed\./, 'export'],
  [/^report\.html$/, 'report'],
  [/^summary\.json$/, 'score'],
  [/^verdicts\.jsonl$/, 'prefer'],
];

/** Says which files of a run were made of earlier results and have gone with them, and what makes them anew; else nothing. */
export function renderRemoved({ removed = [] }: RemovedFiles): string {
  if (removed.length === 0) return '';
  const names = removed.map((name) => plainLine(name, 100)).join(', ');
  const commands = MADE_BY.filter(([name]) => removed.some((one) => name.test(one))).map(
    ([, command]) => `tutti ${command}`,
  );
  return `removed  ${names}: they were of earlier results. To make them again: ${commands.join(', ')}\n`;
}
