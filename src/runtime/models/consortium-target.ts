import type { Model } from '../../core/model.ts';
import type { LaneTarget, PartCalls, TargetProblem } from '../../experiment/index.ts';
import { refusedMessages } from '../../providers/index.ts';
import type { ModelContext } from './model-context.ts';
import { plannedParts } from './planned-parts.ts';
import { providerOf } from './provider-of.ts';
import { simpleParts } from './resolve-consortium.ts';
import type { ResolvedConsortium, SimpleResolvedModel } from './resolved-model.ts';

/** What a consortium's target is made of. */
export interface ConsortiumTargetOptions {
  readonly group: string | null;
  readonly context: ModelContext;
  readonly open: () => Promise<Model>;
  /** The target that a part's own rows would have. */
  readonly partTarget: (model: SimpleResolvedModel, group: string | null) => LaneTarget;
}

/** Makes the target of rows that a consortium answers: it has no lane, its parts travel in those of their models. */
export function consortiumTarget(
  model: ResolvedConsortium,
  { group, context, open, partTarget }: ConsortiumTargetOptions,
): LaneTarget {
  const { reference, laneName } = model;
  const targets = new Map(simpleParts(model).map((part) => [part, partTarget(part, group)]));
  const limiters = new Map([...targets.values()].flatMap(limitersByName));
  const parts = plannedParts(model).map((part): PartCalls => {
    const target = partTarget(part.model, group);
    const { least, most, answersRead } = part;
    const { name, resolvedReference, limiters, turns, open: openPart } = target;
    return {
      name,
      resolvedReference,
      least,
      most,
      answersRead,
      limiters,
      turns,
      open: openPart,
    };
  });
  return {
    reference,
    resolvedReference: laneName,
    group,
    name: group === null ? reference : `${group} · ${reference}`,
    limiters: [...limiters.values()],
    severalChoices: false,
    isComposite: true,
    parts,
    refuses: (row) => refusalOf(model, row, context),
    media: mediaOf(model, context),
    open,
  };
}

function limitersByName({ limiters }: LaneTarget) {
  return limiters.map((limiter) => [limiter.name, limiter] as const);
}

/** What one of its members cannot be told, the consortium cannot. */
function refusalOf(
  { reference, members }: ResolvedConsortium,
  { turns, mode }: Parameters<NonNullable<LaneTarget['refuses']>>[0],
  context: ModelContext,
): TargetProblem | null {
  if (mode !== 'chat') {
    return {
      message: `${reference} is a consortium, which is asked in chats`,
      hint: 'Leave mode out.',
    };
  }
  for (const part of members.flatMap(simpleParts)) {
    const provider = providerOf(part, context);
    const refusal = provider && refusedMessages(provider, turns.flat(), mode);
    if (refusal) return { ...refusal, message: `${part.reference}, a member: ${refusal.message}` };
  }
  return null;
}

/** Images and sounds are written for one protocol: members of several cannot be shown the same. */
function mediaOf(
  { name, members }: ResolvedConsortium,
  context: ModelContext,
): NonNullable<LaneTarget['media']> {
  const providers = new Set(members.flatMap(simpleParts).map((part) => providerOf(part, context)));
  const [only] = providers;
  return providers.size === 1 && only !== undefined
    ? { label: only.label, rules: only.media }
    : { label: `the consortium ${name}`, rules: undefined };
}
