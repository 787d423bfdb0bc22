import { mention } from '../../core/option-mention.ts';
import { clustersOf, effectiveCount } from '../input/cluster-ids.ts';
import type { Estimate } from '../intervals/estimate.ts';
import type { PreparedRanking } from './prepare-ranking.ts';

/** Below so many clusters it is said that they are few. */
const FEW_CLUSTERS = 30;
/** Clusters that count as less than this share of their number are said to be of unequal size. */
const UNEQUAL = 0.75;
const MAX_NAMES = 4;

/** What the reader should know of the unit: few clusters, unequal ones, units passed over, groups that never met. */
export function unitNotes(prepared: PreparedRanking, estimate: Estimate | null): string[] {
  if (estimate === null) return [];
  return [
    ...clustersOf(prepared.data.table, prepared.options.cluster).flatMap((one) =>
      one.ids === null
        ? []
        : sizeNote(one.name, one.count, effectiveCount(one, prepared.data.table)),
    ),
    ...passedOverNotes(prepared),
    ...groupNotes(estimate),
  ];
}

function sizeNote(unit: string, count: number, effective: number): string[] {
  const degrees = `Student's t with ${degreesText(effective - 1)}`;
  if (effective < UNEQUAL * count) {
    return [
      `The ${count} clusters by ${unit} are of unequal size and count as ${effective.toFixed(1)}: ${degrees}.`,
    ];
  }
  return count < FEW_CLUSTERS
    ? [
        `Only ${count} clusters by ${unit}: ${degrees}; more of them say more, more votes on these do not.`,
      ]
    : [];
}

function passedOverNotes({ passedOver, options }: PreparedRanking): string[] {
  return passedOver.map(({ unit, clusters }) =>
    clusters === 1
      ? `There is one ${unit} only: nothing here says how others would have decided.`
      : `Only ${clusters} values of ${unit}, too few to be the unit: every claim takes the wider of two errors, by ${unit} (Student's t with few degrees of freedom) and by ${options.cluster}. To speak of these alone give ${mention('cluster', options.cluster)}.`,
  );
}

function groupNotes({ groups, items }: Estimate): string[] {
  if (groups === undefined) return [];
  const members = new Map<number, string[]>();
  groups.forEach((group, item) => {
    members.set(group, [...(members.get(group) ?? []), items[item]!]);
  });
  const shown = [...members.values()].slice(0, MAX_NAMES).map(namesText);
  const more = members.size - shown.length;
  return [
    `${members.size} groups of items never met (${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}): nothing is said of the order between them, and their ratings are on one scale only by the prior.`,
  ];
}

function namesText(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return more > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} and ${more} more` : names.join(', ');
}

function degreesText(degrees: number): string {
  const text = Number(degrees.toFixed(1));
  return `${text} ${text === 1 ? 'degree' : 'degrees'} of freedom`;
}
