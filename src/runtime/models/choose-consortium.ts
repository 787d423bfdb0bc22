import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { FoundConsortium } from '../consortiums/saved-consortiums.ts';
import type { ModelContext } from './model-context.ts';
import { resolveConsortium } from './resolve-consortium.ts';
import { resolveModel } from './resolve-model.ts';
import type { ConsortiumProblem, ResolvedConsortium } from './resolved-model.ts';

/** A consortium with all that is wrong with it and its models. */
export interface ReviewedConsortium {
  /** Null where something is wrong. */
  readonly resolved: ResolvedConsortium | null;
  readonly problems: readonly ConsortiumProblem[];
}

/** Resolves a consortium that a command was given. */
export function reviewConsortium(
  found: FoundConsortium,
  context: ModelContext,
): ReviewedConsortium {
  const resolved = resolveConsortium(found.name, found, context, resolveModel);
  if (resolved.kind === 'consortium') return { resolved, problems: [] };
  const { parts = [resolved] } = resolved;
  return { resolved: null, problems: parts.map(({ message, hint }) => ({ message, hint })) };
}

/**
 * The same for what is to be asked.
 *
 * @param further what else is wrong with what was asked for, a sentence each
 * @throws TuttiError `bad_usage` with everything that is wrong
 */
export function chooseConsortium(
  found: FoundConsortium,
  context: ModelContext,
  further: readonly string[] = [],
): ResolvedConsortium {
  const { resolved, problems } = reviewConsortium(found, context);
  if (resolved !== null && further.length === 0) return resolved;
  const lines = [...problems.map(({ message }) => message), ...further];
  const hints = new Set(problems.flatMap(({ hint }) => hint ?? []));
  throw new TuttiError('bad_usage', lines.map((line) => plainLine(line, 1000)).join('\n'), {
    hint: hints.size === 0 ? undefined : [...hints].join('\n'),
  });
}
