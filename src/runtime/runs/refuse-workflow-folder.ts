import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { MADE_BY_WORKFLOW, type RunState } from '../../store/index.ts';

/**
 * Refuses the folder of a program's workflow: its rows are no experiment, and whoever read them as one would write over
 * what the workflow has made of them.
 *
 * @param folder as the user wrote it
 * @throws TuttiError `bad_usage`
 */
export function refuseWorkflowFolder(folder: string, state: RunState): void {
  // The second is what every run of a command has: workflows had no mark of their own at first.
  if (state.made_by !== MADE_BY_WORKFLOW && state.settings_sha256 !== undefined) return;
  throw new TuttiError(
    'bad_usage',
    `${plainLine(folder, 1000)} is the folder of a workflow, and its rows are no experiment`,
    {
      hint: 'The program that began it goes on with it: start that with the same rows and folder. Nothing was changed.',
    },
  );
}
