import { TuttiError } from '../../core/tutti-error.ts';
import { type RunFolder, type RunState, readRunState } from '../../store/index.ts';

/** What `run.json` of a map has as `made_by`: its rows are no experiment. */
export const MADE_BY_MAP = 'map';

/** What `run.json` of a map of several steps has: no `completed.jsonl` stands beside it. */
export const WITHOUT_RECORDS = { records: false } as const;

/** @throws TuttiError `bad_usage` for the folder of a map of several steps, whose rows are in its output alone */
export async function refuseWithoutRecords(folder: RunFolder, shown: string): Promise<void> {
  const state = await readRunState(folder);
  if (state?.records !== WITHOUT_RECORDS.records) return;
  throw new TuttiError('bad_usage', `${shown} is the folder of a map of several steps`, {
    hint: 'What came out of its rows is in its output: name that file. The command that began it makes it again.',
  });
}

/** @throws TuttiError `bad_usage` for the folder of a map: its rows hold no prompts, so that nothing else goes on with it */
export function refuseMapFolder(path: string, { made_by: madeBy }: Pick<RunState, string>): void {
  if (madeBy !== MADE_BY_MAP) return;
  throw new TuttiError(
    'bad_usage',
    `${path} is the folder of a map, and its rows are no experiment`,
    {
      hint: 'A map goes on, and makes its output again, by the command that began it: tutti map TABLE with the same options (failed rows: --only-failed).',
    },
  );
}
