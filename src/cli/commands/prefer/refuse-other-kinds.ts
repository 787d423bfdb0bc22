import { givenFlags, refuseMeaningless } from '../../command-line/meaningless-options.ts';
import type { OptionTable } from '../../command-line/option.ts';

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
export function refuseOtherKinds(
  options: OptionTable,
  given: Readonly<Record<string, unknown>>,
  prompt: string | undefined,
): void {
  const flagsOf = (isRefused: (option: string) => boolean) => givenFlags(options, given, isRefused);
  const word = prompt === undefined ? [] : ['a prompt'];
  if (given.tally !== undefined) {
    const flags = flagsOf((option) => !OF_A_TALLY.includes(option));
    refuseMeaningless([...word, ...flags], '--tally, which asks nobody');
  } else if (given.prompts !== undefined) {
    refuseMeaningless([...word, ...flagsOf((option) => OF_A_PROMPT.includes(option))], '--prompts');
  } else {
    refuseMeaningless(
      flagsOf((option) => !OF_ONE_PROMPT.includes(option)),
      'one prompt: it is for a study, --prompts',
    );
  }
}
