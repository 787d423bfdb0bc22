import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  type FindTarget,
  type FirstPass,
  isEmptyFilling,
  type RowFilling,
} from '../../experiment/index.ts';
import type { Notice } from '../environment/notice.ts';

/**
 * Makes sure that rows can be filled as somebody wants.
 *
 * @throws TuttiError `unknown_model` with every model that cannot be asked; `bad_usage` for what contradicts itself
 */
export function checkedFilling(filling: RowFilling, findTarget: FindTarget): RowFilling {
  const { models = [], overrideModel = false, parameters = {}, system, samples } = filling;
  if (overrideModel && models.length === 0) {
    throw new TuttiError('bad_usage', '--override-model names no model', {
      hint: 'Name the models that rows are to be asked of with -m.',
    });
  }
  if (samples !== undefined && Object.hasOwn(parameters, 'n')) {
    throw new TuttiError('bad_usage', '-n and --param n both say how many completions there are', {
      hint: 'Leave one of them out.',
    });
  }
  refuseModels(models, findTarget);
  return { models, overrideModel, parameters, system, samples };
}

/** Tells of models that were named for rows without one, where all rows have one. */
export function unusedModels(
  { models = [] }: RowFilling,
  { resolvedReferences }: Pick<FirstPass, 'resolvedReferences'>,
): readonly Notice[] {
  const isUsed = models.length === 0 || models.some((name) => resolvedReferences.has(name.trim()));
  return isUsed ? [] : [{ kind: 'models_unused', models }];
}

function refuseModels(models: readonly string[], findTarget: FindTarget): void {
  const named = new Map<string, string>();
  const problems: { readonly message: string; readonly hint: string | null }[] = [];
  for (const reference of models) {
    const target = findTarget({ reference, api: null, modelName: null, group: null });
    if ('message' in target) {
      problems.push(target);
      continue;
    }
    const before = named.get(target.resolvedReference);
    if (before !== undefined) throw namedTwice(before, reference);
    named.set(target.resolvedReference, reference);
  }
  if (problems.length === 0) return;
  const text = problems.map(({ message, hint }) =>
    hint === null ? message : `${message} (${hint})`,
  );
  throw new TuttiError('unknown_model', text.join('\n'), {});
}

function namedTwice(before: string, reference: string): TuttiError {
  const names = [...new Set([before, reference])].map((name) => plainLine(name, 100));
  return new TuttiError(
    'bad_usage',
    names.length === 1
      ? `${names[0]} is named twice by -m`
      : `${names.join(' and ')}, both named by -m, are one model`,
    { hint: 'Name each model once; -n asks for several completions.' },
  );
}

/**
 * Refuses to fill the rows of a run that goes on: they are what they were when it was begun.
 *
 * @throws TuttiError `bad_usage`
 */
export function refuseFillingRun(filling: RowFilling & { readonly file: string }): void {
  if (isEmptyFilling(filling) && !filling.overrideModel) return;
  throw new TuttiError(
    'bad_usage',
    `${plainLine(filling.file, 500)} is the folder of a run, whose rows stay as they are: -m, --override-model, --param, --system and -n have no meaning`,
    { hint: 'Leave them out, or name the experiment instead.' },
  );
}
