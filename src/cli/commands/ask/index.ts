import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption, trustOption } from '../../command-line/common-options.ts';
import { anyText, onceOption, repeatedOption, valueOption } from '../../command-line/option.ts';
import { countFrom } from '../../command-line/option-values.ts';
import { parameter, parameterObject } from '../../command-line/parameter.ts';
import { PROMPT_ARGUMENT, PROMPT_OPTIONS, readPrompt } from '../../command-line/read-prompt.ts';
import { RUN_FLAGS } from '../../command-line/run-flags.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';

/** `tutti ask`: the same prompt to all models at once. */
export const command = defineCommand({
  name: 'ask',
  summary: 'ask several models the same question at once',
  description:
    'Asks all models at the same time and shows their answers as they come, with time, tokens and cost of each. ' +
    'A model that fails does not stop the others.',
  arguments: [PROMPT_ARGUMENT],
  options: {
    models: repeatedOption(
      '-m, --model MODEL',
      'Model to ask: provider/model-id, BASE_URL#model-id or an alias',
      anyText,
    ),
    ...PROMPT_OPTIONS,
    system: onceOption('--system TEXT', 'System prompt', anyText),
    parameters: repeatedOption(
      '--param NAME=VALUE',
      'Parameter for the provider, sent as it is: JSON where VALUE is JSON, else text',
      parameter,
    ),
    samples: valueOption(
      '-n, --samples N',
      'Answers of each model, 1 to 1000',
      countFrom(1, 1000),
      '1',
    ),
    timeoutMs: RUN_FLAGS.timeoutMs,
    attempts: RUN_FLAGS.attempts,
    idleTimeoutMs: RUN_FLAGS.idleTimeoutMs,
    maxWaitMs: { ...RUN_FLAGS.maxWaitMs, default: '60 seconds' },
    stream: RUN_FLAGS.stream,
    keepRaw: RUN_FLAGS.keepRaw,
    json: { ...jsonOption, description: 'Print one JSON record a model, and nothing else' },
    quiet: { ...quietOption, description: 'Show only answers and errors' },
    trust: trustOption,
  },
  examples: [
    {
      line: 'tutti ask "Why is the sky dark at night?" -m openai/gpt-5 -m anthropic/claude-sonnet-5',
      does: 'Ask two models',
    },
    {
      line: 'cat notes.txt | tutti ask "Sum this up." -m http://localhost:11434/v1#qwen3',
      does: 'Ask a server on this machine about a text',
    },
    {
      line: 'tutti ask "What is 17 * 23?" -m sim/quick -m sim/careful',
      does: 'Try it without a key',
    },
  ],
  async run({ arguments: [argument], options }, context) {
    const { models, system, samples = 1, timeoutMs, attempts, json, quiet, trust } = options;
    const { idleTimeoutMs, maxWaitMs, stream, keepRaw } = options;
    const [{ refuseClosedOutput }, { showAsk }, { openCommandEngine }] = await Promise.all([
      import('../../context/refuse-closed-output.ts'),
      import('../../render/answers/show-ask.ts'),
      import('../../context/open-command-engine.ts'),
    ]);
    refuseClosedOutput(context);
    const { file, stdin } = options;
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
  },
});
