import { foreignOptions, type MethodName, type RankOptions } from '../../ranking/index.ts';

/**
 * The options for one method. Among several, those that it does not have are left out, each with a
 * note; alone they stay, so that it refuses them.
 */
export function optionsOf(
  method: MethodName,
  options: Omit<RankOptions, 'method' | 'keep'>,
  alone: boolean,
): { options: RankOptions; notes: string[] } {
  const foreign = alone ? [] : foreignOptions(method, options);
  const left = new Map(Object.entries(options));
  for (const { option } of foreign) left.delete(option);
  return {
    options: { ...(Object.fromEntries(left) as RankOptions), method },
    notes: foreign.map(({ what }) => `${method} takes no ${what}: left out here.`),
  };
}
