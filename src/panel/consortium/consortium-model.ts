import { CallError } from '../../core/call-error.ts';
import type { CompositeModel, GenerateRequest, Generation, Model } from '../../core/model.ts';
import { UNKNOWN_USAGE } from '../../core/usage.ts';
import type { WorkflowContext } from '../../core/workflow.ts';
import type { Consortium } from './consortium.ts';
import { orchestrate } from './orchestrate.ts';
import type { ConsortiumResult } from './result.ts';
import { resultJson } from './result-json.ts';

/**
 * Makes a consortium a model, usable wherever one is: its answer is the text that its members agreed on, and
 * `details.consortium` says how.
 */
export function consortiumModel(consortium: Consortium): CompositeModel {
  return {
    reference: consortium.name,
    severalChoices: false,
    models: partsOf(consortium),
    workflow: async (request: GenerateRequest, context: WorkflowContext): Promise<Generation> => {
      return generationOf(await orchestrate(consortium, request, context));
    },
  };
}

/** Every model that a consortium asks, each once. */
function partsOf({ members, arbiters, strategies }: Consortium): Model[] {
  const own = strategies.flatMap(({ models }) => Object.values(models ?? {}));
  return [...new Set([...members.map(({ model }) => model), ...arbiters, ...own])];
}

/** @throws CallError `quorum_missed` for a result without an answer */
function generationOf(result: ConsortiumResult): Generation {
  const common = {
    ...{ model: result.name, usage: UNKNOWN_USAGE, costUsd: result.costUsd },
    details: { consortium: resultJson(result) },
  };
  if (result.answer === null) {
    throw new CallError(
      'quorum_missed',
      `too few members answered: ${result.degraded.join('; ')}`,
      {
        hint: 'A smaller quorum, or a longer member timeout, may do.',
        paid: { ...common, finishReason: null },
      },
    );
  }
  return { ...common, texts: [result.answer], finishReason: 'stop', requestId: null };
}
