import { type ModelNameOptions, namesOfModel } from '../core/maker-names.ts';
import { type Model, simpleModels } from '../core/model.ts';

/** A name of a model. */
export interface ModelName extends Pick<ModelNameOptions, 'alias' | 'modelId'> {
  readonly reference: string;
}

/** A model, and what it is known by. */
export interface NamedModel {
  readonly model: Model;
  /** What it, or its parts, are called elsewhere: an answer gives its author away by these names, too. Default none. */
  readonly names?: readonly ModelName[] | undefined;
}

/** The names that are taken out of a model's answer to a prompt: its own and those of its parts. */
export function namesToMask({ model, names = [] }: NamedModel, prompt: string): readonly string[] {
  const parts = simpleModels(model).map(({ reference }) => ({ reference }));
  const all = [{ reference: model.reference }, ...parts, ...names];
  return all.flatMap(({ reference, ...more }) => namesOfModel(reference, { ...more, prompt }));
}
