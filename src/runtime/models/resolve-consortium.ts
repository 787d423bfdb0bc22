import { plainLine } from '../../core/plain-text.ts';
import { consortiumHash } from '../consortiums/consortium-options.ts';
import type { FoundConsortium } from '../consortiums/saved-consortiums.ts';
import type { ModelContext } from './model-context.ts';
import { plannedParts } from './planned-parts.ts';
import type {
  ConsortiumProblem,
  ModelProblem,
  ResolvedConsortium,
  ResolvedModel,
  SimpleResolvedModel,
} from './resolved-model.ts';

/** More help nobody. */
const MOST_PROBLEMS = 50;

/** So many consortiums within one another; a run asks within a few more. */
const MOST_WITHIN = 45;
/** So many calls for one question, at least: what takes more is hardly meant, and fits in no memory. */
const MOST_CALLS = 1_000_000;

/** Finds the model of a reference, one of its own kind included. */
export type ResolvePart = (
  reference: string,
  context: ModelContext,
) => ResolvedModel | ModelProblem;

/**
 * Resolves a consortium with all its parts. What is wrong with a part is wrong with it: all of that is listed, and a
 * consortium that is a part of itself is told with the way that leads there.
 *
 * @param reference as the user wrote it
 */
export function resolveConsortium(
  reference: string,
  found: FoundConsortium,
  context: ModelContext,
  resolvePart: ResolvePart,
): ResolvedConsortium | ModelProblem {
  const { name, options } = found;
  const { within = [], resolvedConsortiums: known = new Map() } = context;
  const loop = within.indexOf(name);
  if (loop >= 0) return loopProblem(reference, [...within.slice(loop), name]);
  const before = known.get(name);
  if (before !== undefined) return { ...before, reference };
  if (within.length >= MOST_WITHIN) return depthProblem(reference, within);
  const inside = { ...context, within: [...within, name], resolvedConsortiums: known };
  const problems: ConsortiumProblem[] = found.problems.map((message) => ({ message, hint: null }));
  const resolve = (part: 'members' | 'arbiter' | 'strategy') => (model: string, index: number) => {
    if (model.trim() === '') return [];
    const resolved = resolvePart(model, inside);
    if (resolved.kind !== 'problem') return [resolved];
    const where = found.place(part, index);
    const at = where === null ? '' : `${where}: `;
    for (const { message, hint } of resolved.parts ?? [resolved]) {
      // A part of a part says itself where it is named.
      problems.push({ message: resolved.parts ? message : at + message, hint });
    }
    return [];
  };
  const members = (options.members ?? []).map(({ model }) => model).flatMap(resolve('members'));
  const arbiters = (options.arbiters ?? []).flatMap(resolve('arbiter'));
  const strategyModels = found.strategyModels.flatMap(({ model, strategy }) =>
    resolve('strategy')(model, strategy),
  );
  const resolved =
    problems.length > 0
      ? consortiumProblem(reference, name, problems)
      : { kind: 'consortium' as const, reference, name, found, members, arbiters, strategyModels };
  const whole = resolved.kind === 'problem' ? resolved : withHash(resolved);
  known.set(name, whole);
  return within.length > 0 || whole.kind === 'problem' ? whole : withinReason(whole);
}

/** Consortiums within others multiply. */
function withinReason(resolved: ResolvedConsortium): ResolvedConsortium | ModelProblem {
  const { reference, name } = resolved;
  const calls = plannedParts(resolved).reduce((sum, { least }) => sum + least, 0);
  if (calls <= MOST_CALLS) return resolved;
  const count = calls < 1e15 ? calls.toLocaleString('en-US') : calls.toExponential(1);
  const message = `One question to it would be ${count} calls, and at most ${MOST_CALLS.toLocaleString('en-US')} can be made`;
  const hint = 'Fewer members, or fewer consortiums within one another.';
  return consortiumProblem(reference, name, [{ message, hint }]);
}

/** What a name stands for today: its definition, and what its parts stand for. */
function withHash(
  resolved: Omit<ResolvedConsortium, 'laneName' | 'modelId' | 'endpointName' | 'hash'>,
): ResolvedConsortium {
  const { name, found, members, arbiters, strategyModels } = resolved;
  const parts = [...members, ...arbiters, ...strategyModels].map(({ laneName }) => laneName);
  const hash = consortiumHash(found.options, parts);
  const laneName = `consortium ${name} (definition ${hash})`;
  return { ...resolved, hash, laneName, modelId: name, endpointName: 'consortium' };
}

function loopProblem(reference: string, way: readonly string[]): ModelProblem {
  const shown = way.map((name) => plainLine(name, 100)).join(' -> ');
  const message = `${plainLine(reference)}: is a part of itself (${shown})`;
  const hint = 'Break the circle.';
  return { kind: 'problem', code: 'bad_settings', reference, message, hint };
}

function depthProblem(reference: string, within: readonly string[]): ModelProblem {
  const [first, second] = within.map((name) => plainLine(name, 100));
  const message = `${plainLine(reference)}: stands within ${within.length} consortiums (${first} -> ${second} -> …), more than can be asked`;
  const hint = 'Put fewer within one another.';
  return { kind: 'problem', code: 'bad_settings', reference, message, hint };
}

function consortiumProblem(
  reference: string,
  name: string,
  all: readonly ConsortiumProblem[],
): ModelProblem {
  const unlike = new Map(all.map((one) => [one.message, one]));
  const parts = [...unlike.values()].slice(0, MOST_PROBLEMS);
  const hints = [...new Set(parts.flatMap(({ hint }) => hint ?? []))];
  return {
    kind: 'problem',
    code: 'bad_settings',
    reference,
    message: `${plainLine(reference)}: the consortium cannot be asked: ${parts.map(({ message }) => message.replace(/\.$/, '')).join('; ')}`,
    hint:
      hints.length > 0 ? hints.join(' ') : `See: tutti consortium check ${plainLine(name, 100)}`,
    parts,
  };
}

/** The simple models that a model asks in the end: itself, or those of its parts, each once. */
export function simpleParts(model: ResolvedModel): SimpleResolvedModel[] {
  if (model.kind !== 'consortium') return [model];
  const parts = new Map<string, SimpleResolvedModel>();
  const seen = new Set<string>();
  const gather = (one: ResolvedModel) => {
    if (one.kind !== 'consortium') {
      parts.set(`${one.laneName}\n${one.reference}`, one);
      return;
    }
    if (seen.has(one.laneName)) return;
    seen.add(one.laneName);
    for (const part of [...one.members, ...one.arbiters, ...one.strategyModels]) gather(part);
  };
  gather(model);
  return [...parts.values()];
}
