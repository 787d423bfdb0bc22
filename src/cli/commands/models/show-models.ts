import { plainLine } from '../../../core/plain-text.ts';
import type { Engine, TestedModel } from '../../../runtime/index.ts';
import { type Configuration, reportKeys } from '../../../runtime/index.ts';
import { SIM_MODELS } from '../../../sim/index.ts';
import type { CliContext } from '../../context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../exit-code.ts';
import { tableWidth } from '../../render/text-table.ts';
import { renderModels } from './models-list.ts';
import { renderTested } from './tested-model.ts';

/** Shows what can be used here. */
export function listModels(
  configuration: Configuration,
  { answers, messages }: CliContext,
  json: boolean,
): number {
  const { settings, notices } = configuration;
  const list = {
    providers: reportKeys(configuration),
    aliases: [...settings.aliases].map(([name, { value, where }]) => ({
      name,
      model: value,
      where,
    })),
    models: settings.models.value,
    simulated: SIM_MODELS.map(({ name, about, provider }) => ({
      model: `sim/${name}`,
      provider,
      about,
    })),
  };
  if (json) {
    answers.write(`${JSON.stringify(list)}\n`);
    return EXIT_OK;
  }
  for (const notice of notices) messages.write(`${plainLine(notice, 500)}\n`);
  answers.write(renderModels(list, tableWidth(answers), answers.style));
  return EXIT_OK;
}

/** The call is named as programs know it: by row, turn and sample. */
function testedJson({ model, answer }: TestedModel): string {
  const key = { row: answer.key.row, turn: 0, sample: 0 };
  return `${JSON.stringify({ model, answer: { ...answer, key } })}\n`;
}

/** Sends one tiny call to each model and says what came back. */
export async function testModels(
  engine: Engine,
  models: readonly string[],
  context: CliContext,
  json: boolean,
): Promise<number> {
  const { answers } = context;
  const { drain } = context.listenToInterrupts();
  let failed = false;
  await engine.testModels(models, {
    signal: drain,
    onTested: (tested) => {
      failed ||= tested.answer.status === 'error';
      answers.write(json ? testedJson(tested) : renderTested(tested, answers.style));
    },
  });
  if (drain.aborted) return EXIT_INTERRUPTED;
  return failed ? EXIT_SOME_FAILED : EXIT_OK;
}
