import type { Answer } from '../../core/answer.ts';
import { type ActionContext, NEVER, readConfiguration } from '../context/action-context.ts';
import { askEach } from '../models/ask-each.ts';
import { chooseModels } from '../models/choose-models.ts';
import { openTargets } from '../models/open-targets.ts';

const PROMPT = 'Reply with the one word OK.';
const TIMEOUT_MS = 60_000;

/** Which models are tested. */
export interface TestModelsRequest {
  /** References; empty: the default models of the settings. */
  readonly models: readonly string[];
  /** Ends everything when aborted; default never. */
  readonly signal?: AbortSignal | undefined;
}

/** Hears what one tiny call to a model gave, as it comes. */
export interface TestModelsListener {
  onTested(tested: TestedModel): void;
}

/** What one tiny call to a model gave. */
export interface TestedModel {
  readonly model: string;
  readonly answer: Answer;
}

/** Sends one tiny call to each model. */
export async function testModels(
  context: ActionContext,
  { models: references, signal = NEVER }: TestModelsRequest,
  listener: TestModelsListener,
): Promise<void> {
  const configuration = await readConfiguration(context, { references });
  const models = chooseModels(references, configuration);
  await askEach({
    ...context,
    targets: await openTargets(models, context.opener, configuration),
    question: { messages: [{ role: 'user', content: PROMPT }] },
    samples: 1,
    attempts: 1,
    timeoutMs: TIMEOUT_MS,
    longestWaitMs: 0,
    signal,
    onAnswer: (model, _, answer) => listener.onTested({ model: models[model]!.reference, answer }),
  });
}
