import { longFlag, type OptionTable } from '../../command-line/option.ts';
import { usageError } from '../../command-line/usage-error.ts';

/** What reading a study takes. */
const OF_A_TALLY = ['tally', 'json', 'quiet'];
/** What has a meaning for one prompt. */
const OF_ONE_PROMPT = [
  ...['models', 'judges', 'criteria', 'seed', 'noMask', 'file', 'stdin', 'system', 'parameters'],
  ...['timeoutMs', 'attempts', 'idleTimeoutMs', 'maxWaitMs', 'stream', 'keepRaw'],
  ...['json', 'quiet', 'trust'],
];
/** What says which prompt is asked, where it is one. */
const OF_A_PROMPT = ['file', 'stdin'];

/**
 * Refuses options that have no meaning together.
 *
 * @throws TuttiError `bad_usage` with all of them
 */
export function refuseMeaningless(
  options: OptionTable,
  given: Readonly<Record<string, unknown>>,
  prompt: string | undefined,
): void {
  const flagsOf = (isRefused: (option: string) => boolean) =>
    Object.entries(options).flatMap(([option, definition]) => {
      const value = given[option];
      const isGiven = Array.isArray(value) ? value.length > 0 : value !== definition.whenAbsent;
      return isGiven && isRefused(option) ? [longFlag(definition)] : [];
    });
  const word = prompt === undefined ? [] : ['a prompt'];
  if (given.tally !== undefined) {
    const flags = flagsOf((option) => !OF_A_TALLY.includes(option));
    refuse([...word, ...flags], '--tally, which asks nobody');
  } else if (given.prompts !== undefined) {
    refuse([...word, ...flagsOf((option) => OF_A_PROMPT.includes(option))], '--prompts');
  } else {
    refuse(
      flagsOf((option) => !OF_ONE_PROMPT.includes(option)),
      'one prompt: it is for a study, --prompts',
    );
  }
}

function refuse(words: readonly string[], reason: string): void {
  if (words.length === 0) return;
  const have = words.length === 1 ? 'has' : 'have';
  const which = words.length === 1 ? 'it' : 'them';
  throw usageError(`${words.join(', ')} ${have} no meaning with ${reason}.`, `Leave ${which} out.`);
}
