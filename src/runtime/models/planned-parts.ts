import { filledConsortium, memberCount } from '../consortiums/consortium-options.ts';
import type { ResolvedConsortium, ResolvedModel, SimpleResolvedModel } from './resolved-model.ts';

/** The calls of one of its simple models when a consortium is asked once. */
export interface PlannedPart {
  readonly model: SimpleResolvedModel;
  /** If every round is the last that may be, no reply is asked for again, and no arbiter fails. */
  readonly least: number;
  /** With every round, second ask and replaced arbiter. */
  readonly most: number;
  /** Answers of members that each of its calls reads besides the question. */
  readonly answersRead: number;
}

/** The strategy by which members agree without an arbiter. */
const VOTING = 'voting';
/** The strategy after whose rounds fewer members take part. */
const ELIMINATION = 'elimination';

/**
 * Says which calls asking a consortium once comes to, at least and at most, by its simple models.
 *
 * @param known what was planned before, so that one that is a part of several is planned once
 */
export function plannedParts(
  model: ResolvedConsortium,
  known = new Map<string, readonly PlannedPart[]>(),
): readonly PlannedPart[] {
  const before = known.get(model.laneName);
  if (before !== undefined) return before;
  const parts: PlannedPart[] = [];
  const add = (part: ResolvedModel, least: number, atMost: number, answersRead: number): void => {
    if (part.kind === 'consortium') {
      for (const inner of plannedParts(part, known)) {
        parts.push({ ...inner, least: inner.least * least, most: inner.most * atMost });
      }
    } else parts.push({ model: part, least, most: atMost, answersRead });
  };
  const { members, arbiters, strategyModels, found } = model;
  const options = filledConsortium(found.options);
  const { minIterations, maxIterations, strategies } = options;
  const votes = strategies.some(({ name, own }) => own?.decides ?? name === VOTING);
  // Who has voted is not asked again, unless a strategy of one's own wants that.
  const isAskedOnce = votes && strategies.every(({ own }) => own === undefined);
  const most = isAskedOnce ? minIterations : maxIterations;
  const all = strategies.some(({ name }) => name === ELIMINATION) ? 1 : minIterations;
  const instances = memberCount(options.members);
  for (const [index, member] of members.entries()) {
    const { count } = options.members[index]!;
    add(member, all * count, most * count, 0);
  }
  for (const [index, arbiter] of arbiters.entries()) {
    const least = votes || index > 0 ? 0 : minIterations;
    add(arbiter, least, 2 * most, instances);
  }
  for (const one of strategyModels) add(one, minIterations, most, instances);
  const planned = merged(parts);
  known.set(model.laneName, planned);
  return planned;
}

/** One entry for each model and what it reads. */
function merged(parts: readonly PlannedPart[]): readonly PlannedPart[] {
  const byModel = new Map<string, PlannedPart>();
  for (const part of parts) {
    const { model, answersRead } = part;
    const key = JSON.stringify([model.laneName, model.reference, answersRead]);
    const before = byModel.get(key);
    byModel.set(key, {
      ...part,
      least: part.least + (before?.least ?? 0),
      most: part.most + (before?.most ?? 0),
    });
  }
  return [...byModel.values()];
}
