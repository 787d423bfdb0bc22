import { plainLine } from '../../../core/plain-text.ts';
import { TuttiError } from '../../../core/tutti-error.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption, trustOption } from '../../command-line/common-options.ts';
import { onceOption, repeatedOption, switchOption } from '../../command-line/option.ts';
import { path } from '../../command-line/option-values.ts';
import { parameter, parameterObject } from '../../command-line/parameter.ts';
import { PROMPT_ARGUMENT, PROMPT_OPTIONS, readPrompt } from '../../command-line/read-prompt.ts';
import { RUN_FLAGS } from '../../command-line/run-flags.ts';
import { usageError } from '../../command-line/usage-error.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { refuseClosedOutput } from '../../context/refuse-closed-output.ts';
import { consortiumFlags, DEFINITION_OPTIONS } from './definition-options.ts';

const OPTIONS = {
  ...DEFINITION_OPTIONS,
  ...PROMPT_OPTIONS,
  parameters: repeatedOption(
    '--param NAME=VALUE',
    'Parameter for the members, sent as it is: JSON where VALUE is JSON, else text',
    parameter,
  ),
  output: onceOption(
    '--output FILE',
    'Write the whole result, as --json prints it, into a file',
    path,
  ),
  timeoutMs: RUN_FLAGS.timeoutMs,
  attempts: RUN_FLAGS.attempts,
  idleTimeoutMs: RUN_FLAGS.idleTimeoutMs,
  maxWaitMs: { ...RUN_FLAGS.maxWaitMs, default: '60 seconds' },
  dryRun: switchOption('--dry-run', 'Say how many calls it would be; send nothing'),
  json: { ...jsonOption, description: 'Print the result as JSON, and nothing else' },
  quiet: { ...quietOption, description: 'Show only the answer and errors' },
  trust: trustOption,
} as const;

/** `tutti consortium run`. */
export const runConsortiumCommand = defineCommand({
  name: 'consortium run',
  summary: 'ask a consortium; the word run may be left out',
  description:
    'Asks the members of a saved consortium, of a file, or those of -m, and shows the one answer that is made of theirs. Other options come before what a file says. A first line [degraded: …] says who is missing.',
  arguments: [
    {
      name: 'NAME|FILE',
      description: 'A saved consortium, or a .yaml file; with -m there is none',
      required: false,
    },
    PROMPT_ARGUMENT,
  ],
  options: OPTIONS,
  examples: [
    {
      line: 'tutti consortium "Is 3,599 prime?" -m openai/gpt-5:3 -m gemini/gemini-2.5-pro --strategy voting',
      does: 'Let four instances vote',
    },
    {
      line: 'tutti consortium run team "Why is the sky dark at night?"',
      does: 'Ask a saved consortium',
    },
    {
      line: 'tutti consortium "What is 17 * 23?" -m sim/quick -m sim/careful --arbiter sim/careful',
      does: 'Try it without a key',
    },
  ],
  exitCodes: { 1: 'the answer is degraded, or there is none' },
  async run({ arguments: words, options }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    refuseClosedOutput(context);
    const { consortium, argument } = meantBy(words, options.models.length > 0);
    const { file, stdin, output, dryRun, json, quiet, trust } = options;
    const prompt = await promptOf({ argument, file, stdin }, context);
    await using engine = await openCommandEngine(context, { trust });
    const parameters = parameterObject(options.parameters);
    const { timeoutMs, attempts, idleTimeoutMs, maxWaitMs } = options;
    const request = {
      ...{ consortium, flags: consortiumFlags(options), prompt, parameters },
      ...{ timeoutMs, attempts, idleTimeoutMs, maxWaitMs },
    };
    if (dryRun) {
      const { renderConsortiumPlan } = await import('./plan-view.ts');
      const { renderNotices } = await import('../../render/notices.ts');
      const { notices, ...plan } = await engine.planConsortium(request);
      if (!quiet) context.stderr.write(renderNotices(notices));
      context.stdout.write(json ? `${JSON.stringify(plan)}\n` : renderConsortiumPlan(plan));
      return EXIT_OK;
    }
    const { showConsortium } = await import('./show-consortium.ts');
    const { drain, stop } = context.listenToInterrupts();
    const show = showConsortium(context, { json, quiet, drain });
    try {
      const asked = { ...request, output, drain, signal: stop };
      const outcome = await engine.askConsortium(asked, show.listener);
      return show.end(outcome);
    } finally {
      show.close();
    }
  },
});

/** Which consortium and which prompt the words are: with -m the one word is the prompt. */
function meantBy(words: readonly string[], hasMembers: boolean) {
  const [first, second] = words;
  if (!hasMembers && first === undefined) {
    throw usageError(
      'There is no consortium.',
      'Name a saved one or a file, or its members with -m: tutti consortium "…" -m MODEL -m MODEL --arbiter MODEL',
    );
  }
  if (!hasMembers) return { consortium: first, argument: second };
  if (second === undefined) return { consortium: undefined, argument: first };
  throw usageError(
    `With -m the members are named, and "${plainLine(second, 60)}" is one word too many.`,
    'Leave -m or the name out; put quotes around a prompt.',
  );
}

/** Null where there is none: that is told with all else that is wrong. */
async function promptOf(
  sources: Parameters<typeof readPrompt>[0],
  context: CliContext,
): Promise<string | null> {
  try {
    return await readPrompt(sources, context);
  } catch (error) {
    if (error instanceof TuttiError && error.message.startsWith('There is no prompt')) return null;
    throw error;
  }
}
