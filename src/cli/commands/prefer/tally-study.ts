import { tallyPanel } from '../../../arena/index.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { tableWidth } from '../../render/text-table.ts';
import { renderMalformed, renderTally } from './tally-view.ts';

/**
 * Reads the verdicts of a study and shows their tally.
 *
 * @returns the exit code: 1 where a verdict holds no ranking.
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input` where there are no verdicts.
 */
export async function tallyStudy(
  path: string,
  options: { readonly json: boolean },
  { stdout, stderr }: CliContext,
): Promise<number> {
  const { statistics, malformed } = await tallyPanel(path);
  stderr.write(renderMalformed(malformed));
  stdout.write(
    options.json
      ? `${JSON.stringify(statistics)}\n`
      : renderTally(statistics, { width: tableWidth(stdout), style: stdout.style }),
  );
  return malformed.count === 0 && statistics.rankings > 0 ? EXIT_OK : EXIT_SOME_FAILED;
}

/** Shows the tally of a study that has just run, where its verdicts hold rankings. */
export async function showStudy(folder: string, { stdout }: CliContext): Promise<void> {
  const { statistics } = await tallyPanel(folder);
  if (statistics.rankings === 0) return;
  stdout.write(`\n${renderTally(statistics, { width: tableWidth(stdout), style: stdout.style })}`);
}
