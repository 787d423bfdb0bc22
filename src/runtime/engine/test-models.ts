import { askOnce } from '../../ask/index.ts';
import { chooseModels } from './choose-models.ts';
import type { TestedModel } from './engine.ts';
import { createOpener, type EngineContext, readConfiguration } from './engine-context.ts';
import { openTargets } from './open-targets.ts';

const PROMPT = 'Reply with the one word OK.';
const TIMEOUT_MS = 60_000;

/** Sends one tiny call to each model; see `Engine.testModels`. */
export async function testModels(
  references: readonly string[],
  {
    signal,
    onTested,
  }: { readonly signal: AbortSignal; readonly onTested: (tested: TestedModel) => void },
  options: EngineContext,
): Promise<void> {
  const configuration = await readConfiguration(options);
  const models = chooseModels(references, configuration);
  const opener = createOpener(options, configuration);
  const { clock, random } = options;
  try {
    const targets = await openTargets(models, opener, clock);
    await askOnce({
      targets,
      messages: [{ role: 'user', content: PROMPT }],
      parameters: {},
      samples: 1,
      clock,
      random,
      attempts: 1,
      timeoutMs: TIMEOUT_MS,
      longestWaitMs: 0,
      signal,
      onAnswer: (answer) => onTested({ model: models[answer.key.row]!.reference, answer }),
    });
  } finally {
    await opener.close();
  }
}
