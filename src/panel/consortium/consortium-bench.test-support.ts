import type { FakeClock } from '../../../test/support/fake-clock.ts';
import {
  FakeJournal,
  type WorkflowBenchOptions,
  workflowBench,
} from '../../../test/support/workflow-bench.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import type { Model } from '../../core/model.ts';
import { textOf } from '../../core/workflow.ts';
import type { Consortium } from './consortium.ts';
import { consortiumModel } from './consortium-model.ts';
import { orchestrate } from './orchestrate.ts';
import type { ConsortiumResult } from './result.ts';

/** A consortium with what is usual. */
export function consortiumOf(
  members: readonly Model[],
  more: Partial<Consortium> = {},
): Consortium {
  return {
    name: 'team',
    members: members.map((model, at) => ({ id: `${model.reference}#${at + 1}`, model })),
    ...{ arbiters: [], judging: 'synthesis', strategies: [], confidenceThreshold: 0.8 },
    ...{ maxIterations: 3, minIterations: 1, memberTimeoutMs: 120_000, all: false, seed: 0 },
    quorum: Math.floor(members.length / 2) + 1,
    ...more,
  };
}

/** One that votes. */
export function votersOf(members: readonly Model[], more: Partial<Consortium> = {}): Consortium {
  return consortiumOf(members, { strategies: [{ name: 'voting', parameters: {} }], ...more });
}

const QUESTION: readonly Message[] = [{ role: 'user', content: 'Which?' }];

/** Asks a consortium in a row of its own, and gives all that it came to. */
export async function orchestrated(
  clock: FakeClock,
  consortium: Consortium,
  messages = QUESTION,
  parameters: JsonObject = {},
): Promise<ConsortiumResult> {
  const bench = workflowBench({
    clock,
    rows: [(_, context) => orchestrate(consortium, { messages, parameters }, context)],
  });
  await clock.runUntil(bench.run());
  const end = bench.ends.get(0);
  if (end?.result === undefined || end.result === null) {
    throw new Error(end?.answer.error?.message ?? 'the row is open');
  }
  return end.result as unknown as ConsortiumResult;
}

/** Rows that each ask a consortium as a model, as rows of an experiment do. */
export function consortiumBench(
  clock: FakeClock,
  consortium: Consortium,
  rows: number,
  more: Partial<WorkflowBenchOptions> = {},
) {
  const model = consortiumModel(consortium);
  const row = async (
    number: number,
    { ask }: { ask: import('../../core/workflow.ts').Ask },
  ): Promise<JsonValue> =>
    textOf(
      await ask('turn/0', model, { messages: [{ role: 'user', content: `Question ${number}?` }] }),
    );
  return workflowBench({
    clock,
    rows: Array.from({ length: rows }, () => row),
    models: [model],
    journal: new FakeJournal(),
    ...more,
  });
}
