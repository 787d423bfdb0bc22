import type { AskTarget } from '../../ask/index.ts';
import type { Clock } from '../../core/clock.ts';
import { Limiter } from '../../scheduler/index.ts';
import { endpointLimiter } from '../find-lane-target.ts';
import type { ModelOpener } from '../model-opener.ts';
import type { ResolvedModel } from '../resolved-model.ts';

/**
 * Opens models that are to be asked at the same time; those of one endpoint share its limits.
 *
 * @throws TuttiError when an address or a provider cannot be used.
 */
export async function openTargets(
  models: readonly ResolvedModel[],
  opener: ModelOpener,
  clock: Clock,
): Promise<AskTarget[]> {
  const opened = await Promise.all(models.map((model) => opener.open(model)));
  const nowMs = clock.monotonicMs();
  const shared = new Map<string, Limiter>();
  return opened.map((model, index) => {
    const limiters = endpointLimiter(models[index]!).map(({ name, limits }) => {
      const limiter = shared.get(name) ?? new Limiter(name, limits, nowMs);
      shared.set(name, limiter);
      return limiter;
    });
    return { model, limiters: [new Limiter(model.reference, {}, nowMs), ...limiters] };
  });
}
