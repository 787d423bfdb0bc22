import { TuttiError } from '../../core/tutti-error.ts';
import type { RunState } from '../../store/index.ts';

/** What `run.json` of a map has as `made_by`: its rows are no experiment. */
export const MADE_BY_MAP = 'map';

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
