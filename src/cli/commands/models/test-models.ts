import type { TestedModel } from '../../../runtime/index.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, trustOption } from '../../command-line/common-options.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { refuseClosedOutput } from '../../context/refuse-closed-output.ts';

/** `tutti models test`. */
export const testModelsCommand = defineCommand({
  name: 'models test',
  summary: 'send one tiny call to each model',
  description: 'Sends one tiny call to each model and says what came back.',
  arguments: [
    {
      name: 'MODEL',
      description: 'Models to test, by default those of the settings',
      required: false,
      repeatable: true,
    },
  ],
  options: { json: jsonOption, trust: trustOption },
  examples: [
    { line: 'tutti models test openai/gpt-5 sim/quick', does: 'Send one tiny call to two models' },
  ],
  async run({ arguments: models, options: { json, trust } }, context) {
    const [{ openCommandEngine }, { renderTested }] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('./tested-model.ts'),
    ]);
    refuseClosedOutput(context);
    const { stdout } = context;
    await using engine = await openCommandEngine(context, { trust });
    const { drain } = context.listenToInterrupts();
    let failed = false;
    const onTested = (tested: TestedModel) => {
      failed ||= tested.answer.status === 'error';
      stdout.write(json ? testedJson(tested) : renderTested(tested, stdout.style));
    };
    await engine.testModels({ models, signal: drain }, { onTested });
    if (drain.aborted) return EXIT_INTERRUPTED;
    return failed ? EXIT_SOME_FAILED : EXIT_OK;
  },
});

/** The call is named as programs know it: by row, turn and sample. */
function testedJson({ model, answer }: TestedModel): string {
  const key = { row: answer.key.row, turn: 0, sample: 0 };
  return `${JSON.stringify({ model, answer: { ...answer, key } })}\n`;
}
