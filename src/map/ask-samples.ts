import type { Answer } from '../core/answer.ts';
import { isComposite, type Model } from '../core/model.ts';
import type { Question, WorkflowContext } from '../core/workflow.ts';
import type { MapPlan } from './map-plan.ts';

/** What the further samples of a row are called, counted from 2: `rows/sample/2`. @param sample counted from 0 */
export function sampleName(base: string, sample: number): string {
  return sample === 0 ? base : `${base}/sample/${sample + 1}`;
}

/** Asks for all samples of a prompt, in one request where the model gives several choices at once; answers in order. */
export async function askAll(
  { name, samples }: Pick<MapPlan, 'name' | 'samples'>,
  model: Model,
  question: Question,
  { ask }: Pick<WorkflowContext, 'ask'>,
): Promise<readonly Answer[]> {
  const together = samples === 1 || (!isComposite(model) && model.severalChoices);
  if (together) return [await ask(name, model, { ...question, choices: samples })];
  const each = Array.from({ length: samples }, (_, sample) =>
    ask(sampleName(name, sample), model, { ...question, choices: 1 }),
  );
  return Promise.all(each);
}
