import type { PreferListener } from '../../../runtime/index.ts';
import { parameterObject } from '../../command-line/parameter.ts';
import { readPrompt } from '../../command-line/read-prompt.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { openCommandEngine } from '../../context/open-command-engine.ts';
import { refuseClosedOutput } from '../../context/refuse-closed-output.ts';
import type { PreferInput } from './prefer-options.ts';
import { readCriteria } from './read-criteria.ts';
import { showPreference } from './show-preference.ts';

/** Asks one prompt, and shows the answers and how they were ranked. @returns the exit code */
export async function preferOnce(
  argument: string | undefined,
  options: PreferInput,
  context: CliContext,
): Promise<number> {
  refuseClosedOutput(context);
  const { file, stdin, json, quiet, trust, noMask, criteria, ...given } = options;
  const prompt = await readPrompt({ argument, file, stdin }, context);
  const by =
    criteria === undefined ? undefined : await readCriteria(criteria, context.workingFolder);
  await using engine = await openCommandEngine(context, { trust });
  const { drain, stop } = context.listenToInterrupts();
  const show = showPreference(context, { prompt, json, quiet, drain });
  const { models, judges, seed, system, timeoutMs, attempts, idleTimeoutMs } = given;
  const { maxWaitMs, stream, keepRaw } = given;
  const listener: PreferListener = show.listener;
  try {
    const outcome = await engine.prefer(
      {
        ...{ models, judges, prompt, system, criteria: by, seed, mask: !noMask },
        ...{ timeoutMs, attempts, idleTimeoutMs, maxWaitMs, stream, keepRaw },
        ...{ parameters: parameterObject(given.parameters), drain, signal: stop },
      },
      listener,
    );
    show.end(outcome);
    if (drain.aborted) return EXIT_INTERRUPTED;
    return outcome.isComplete ? EXIT_OK : EXIT_SOME_FAILED;
  } finally {
    show.close();
  }
}
