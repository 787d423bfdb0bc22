import type { LaneTarget } from '../../experiment/index.ts';
import type { ChainPlan, ChainStep } from '../../map/index.ts';
import type { Notice } from '../environment/notice.ts';

/** More calls than this are not counted: nobody makes them. */
const MOST_COUNTED = 1e12;

/** Rows of the input, by the model that they are for. */
export type RowsByModel = ReadonlyMap<string, number>;

/** What the steps behind the first one may ask. */
export interface LaterCalls {
  /** At most so many more, by the reference of the lane; Infinity where nobody can tell. */
  readonly most: ReadonlyMap<string, number>;
  /** The same of each step, in words, with what it assumes. */
  readonly notices: readonly Notice[];
}

/**
 * Says how often the steps behind the first one ask at most: each row gives as many rows as it may, and each of these goes
 * on. What is asked again, shorter or in pieces is not counted, as in a map of one step.
 */
export function laterCalls(
  { steps }: ChainPlan,
  rows: RowsByModel,
  lanes: readonly Pick<LaneTarget, 'reference' | 'severalChoices' | 'parts'>[],
): LaterCalls {
  const most = new Map<string, number>();
  const sentences: string[] = [];
  let each = 1;
  for (const [number, step] of steps.slice(1).entries()) {
    const before = steps[number]!;
    each = counted(each * mostRows(before));
    let ofStep = 0;
    for (const [model, count] of rows) {
      // Of no rows nothing comes, however many each might give.
      if (count === 0) continue;
      const lane = lanes.find(({ reference }) => reference === (step.reference ?? model))!;
      const calls = counted(count * each * callsOf(step, lane));
      most.set(lane.reference, counted((most.get(lane.reference) ?? 0) + calls));
      ofStep = counted(ofStep + calls);
    }
    sentences.push(`step ${step.plan.name}: ${callsText(ofStep)}, ${assumption(before)}`);
  }
  const [first] = steps;
  sentences.push(
    `tokens, cost and time are those of step ${first!.plan.name} alone, and what is asked again or in pieces is not counted: ` +
      '--sample N asks N rows and says what all would cost',
  );
  const notices = sentences.map((sentence) => ({ kind: 'template_doubtful', sentence }) as const);
  return { most, notices };
}

/** How many rows a row becomes at most. */
function mostRows({ plan: { output, samples }, explode }: ChainStep): number {
  if (explode !== null) return Number.POSITIVE_INFINITY;
  return output.kind === 'data' && output.form.isList ? samples * output.form.maxObjects : samples;
}

/** Calls for one row, each part of a composite model one. */
function callsOf(
  { plan: { samples } }: ChainStep,
  { severalChoices, parts }: Pick<LaneTarget, 'severalChoices' | 'parts'>,
): number {
  const asks = severalChoices ? 1 : samples;
  return asks * (parts === undefined ? 1 : parts.reduce((sum, { most }) => sum + most, 0));
}

function counted(calls: number): number {
  return calls > MOST_COUNTED ? Number.POSITIVE_INFINITY : calls;
}

function callsText(most: number): string {
  if (!Number.isFinite(most)) return 'nobody can tell how many calls';
  return `at most ${most.toLocaleString('en-US')} ${most === 1 ? 'call' : 'calls'}`;
}

/** When the step behind it asks as often as it may. */
function assumption({ plan: { name, output, samples }, explode }: ChainStep): string {
  if (explode !== null) return `since --explode of step ${name} makes a row of each object`;
  const answers = samples === 1 ? 'each answer' : `each of ${samples} answers a row`;
  if (output.kind === 'data' && output.form.isList) {
    const objects = output.form.maxObjects.toLocaleString('en-US');
    return `if ${answers} of step ${name} has the ${objects} objects that --max-objects allows, and all go on`;
  }
  return `if ${answers} of step ${name} goes on`;
}
