import { hasSandwich, isFamily, type MethodName, type RankOptions } from '../ranking/index.ts';

/**
 * The options for one method. Among several, those that it does not have are left out, each with a
 * note; alone they stay, so that it refuses them.
 */
export function optionsOf(
  method: MethodName,
  options: Omit<RankOptions, 'method' | 'keep'>,
  alone: boolean,
): { options: RankOptions; notes: string[] } {
  if (alone || isFamily(method)) {
    const foreign = !alone && options.bothBad === 'loss' ? ['bothBad' as const] : [];
    return without(method, options, method === 'newman' && !alone ? [...foreign, 'side'] : foreign);
  }
  const ofLists = hasSandwich(method);
  const unrated = method !== 'elo' && method !== 'annotator' && !ofLists;
  return without(method, options, [
    'side',
    ...(ofLists ? [] : ['prior' as const]),
    ...(options.intervals === 'sandwich' && !ofLists ? ['intervals' as const] : []),
    ...(options.bootstrapInterval === 'bca' ? ['bootstrapInterval' as const] : []),
    ...((method === 'annotator' || ofLists) && options.bothBad === 'loss'
      ? ['bothBad' as const]
      : []),
    ...(unrated ? ['anchor' as const] : []),
  ]);
}

const NAMES: Partial<Record<keyof RankOptions, string>> = {
  prior: 'prior',
  side: 'term for the side',
  intervals: 'sandwich intervals',
  bootstrapInterval: 'BCa intervals',
  anchor: 'anchor',
  bothBad: 'loss for both (a tie instead)',
};

function without(
  method: MethodName,
  options: Omit<RankOptions, 'method' | 'keep'>,
  foreign: readonly (keyof RankOptions)[],
): { options: RankOptions; notes: string[] } {
  const given = new Map(Object.entries(options));
  const dropped = foreign.filter((name) => {
    const value = given.get(name);
    return value !== undefined && value !== false && value !== 0;
  });
  for (const name of dropped) given.delete(name);
  return {
    options: { ...(Object.fromEntries(given) as RankOptions), method },
    notes: dropped.map((name) => `${method} takes no ${NAMES[name] ?? name}: left out here.`),
  };
}
