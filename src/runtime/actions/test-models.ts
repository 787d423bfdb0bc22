import { type EngineContext, readConfiguration } from '../action-context.ts';
import type { TestedModel } from '../engine.ts';
import { chooseModels } from '../models/choose-models.ts';
import { openTargets } from '../models/open-targets.ts';
import { askEach } from './ask-each.ts';

const PROMPT = 'Reply with the one word OK.';
const TIMEOUT_MS = 60_000;

/** Sends one tiny call to each model; see `Engine.testModels`. */
export async function testModels(
  references: readonly string[],
  {
    signal,
    onTested,
  }: { readonly signal: AbortSignal; readonly onTested: (tested: TestedModel) => void },
  context: EngineContext,
): Promise<void> {
  const configuration = await readConfiguration(context);
  const models = chooseModels(references, configuration);
  await askEach({
    ...context,
    targets: await openTargets(models, context.opener),
    question: { messages: [{ role: 'user', content: PROMPT }] },
    samples: 1,
    attempts: 1,
    timeoutMs: TIMEOUT_MS,
    longestWaitMs: 0,
    signal,
    onAnswer: (model, _, answer) => onTested({ model: models[model]!.reference, answer }),
  });
}
