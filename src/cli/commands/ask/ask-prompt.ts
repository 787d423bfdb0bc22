import { parameterObject } from '../../command-line/parameter.ts';
import { readPrompt } from '../../command-line/read-prompt.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { openCommandEngine } from '../../context/open-command-engine.ts';
import { refuseClosedOutput } from '../../context/refuse-closed-output.ts';
import { showAsk } from '../../render/answers/show-ask.ts';
import type { AskInput } from './ask-options.ts';

/** Asks one prompt, and shows the answers. @returns the exit code */
export async function askPrompt(
  argument: string | undefined,
  options: AskInput,
  context: CliContext,
): Promise<number> {
  const { models, system, samples = 1, timeoutMs, attempts, json, quiet, trust } = options;
  const { file, stdin, idleTimeoutMs, maxWaitMs, stream, keepRaw } = options;
  refuseClosedOutput(context);
  const prompt = await readPrompt({ argument, file, stdin }, context);
  await using engine = await openCommandEngine(context, { trust });
  const interrupts = context.listenToInterrupts();
  const show = showAsk(context, { json, quiet, samples });
  const parameters = parameterObject(options.parameters);
  // There is little to finish: one signal ends it.
  const signal = interrupts.drain;
  const request = {
    ...{ models, prompt, system, parameters, samples, timeoutMs, attempts, signal },
    ...{ idleTimeoutMs, maxWaitMs, stream, keepRaw },
  };
  let complete = false;
  try {
    await engine.ask(request, show.listener);
  } catch (error) {
    if (!interrupts.interrupted) throw error;
  } finally {
    complete = show.end();
  }
  if (interrupts.interrupted) return EXIT_INTERRUPTED;
  return complete ? EXIT_OK : EXIT_SOME_FAILED;
}
