import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { shellWord } from '../../core/shell-word.ts';
import { TuttiError } from '../../core/tutti-error.ts';

/**
 * Refuses the folder of a run that another command has begun, and that it alone can go on with: its rows name a panel, or
 * ask a consortium otherwise than rows do.
 *
 * @param folder as the user wrote it
 * @throws TuttiError `bad_usage` that names the command
 */
export function refuseMadeRun(folder: string, { study, calibration }: JsonObject): void {
  const shown = plainLine(folder, 1000);
  const its = shellWord(folder, 1000);
  if (isJsonObject(study)) {
    throw new TuttiError('bad_usage', `${shown} is the folder of a study of tutti prefer`, {
      hint: `The command that began it goes on with it: tutti prefer --prompts …${wordsOf(study)} (failed rows: --only-failed).\nWhat it says: tutti prefer --tally ${its}; what there is of it: tutti run --finish ${its}`,
    });
  }
  if (isJsonObject(calibration)) {
    const name = textOf(calibration.consortium);
    throw new TuttiError('bad_usage', `${shown} is the folder of a calibration`, {
      hint: `The command that began it goes on with it: tutti consortium calibrate ${shellWord(name)} … (failed rows: --only-failed).`,
    });
  }
}

/** The options of a study that make it another one. */
function wordsOf({ models, judges, rounds, seed, mask, criteria }: JsonObject): string {
  const named = textsOf(models);
  const judging = textsOf(judges);
  const areOthers = JSON.stringify(named) !== JSON.stringify(judging);
  return [
    ...named.map((name) => `-m ${shellWord(name)}`),
    ...(areOthers ? judging.map((name) => `--judge ${shellWord(name)}`) : []),
    ...(typeof rounds === 'number' && rounds > 1 ? [`--rounds ${rounds}`] : []),
    ...(typeof seed === 'number' && seed !== 0 ? [`--seed ${seed}`] : []),
    ...(mask === false ? ['--no-mask'] : []),
    ...(typeof criteria === 'string' ? ['--criteria …'] : []),
  ]
    .map((word) => ` ${word}`)
    .join('');
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(textOf).slice(0, 60) : [];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '?';
}
