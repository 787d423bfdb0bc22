import { mention } from '../../core/option-mention.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { lookalikeNames } from './check-table.ts';
import { connectivity } from './connectivity.ts';
import type { Games } from './games.ts';

const MAX_NAMES = 5;

/**
 * Refuses comparisons that leave some strengths infinite or undetermined.
 *
 * @throws TuttiError `not_comparable`, naming items that never won or never lost and the groups.
 */
export function requireComparable(
  items: readonly string[],
  games: Games,
  tiesCount: boolean,
): void {
  const { components, neverWon, neverLost } = connectivity(games, tiesCount);
  if (components.length === 1) return;
  const reasons = [
    ...(neverLost.length > 0 ? [`never lost: ${names(items, neverLost)}`] : []),
    ...(neverWon.length > 0 ? [`never won: ${names(items, neverWon)}`] : []),
  ];
  const groups = components.filter((component) => component.length > 1);
  for (const group of groups.slice(0, MAX_NAMES)) {
    reasons.push(`comparable with each other: ${names(items, group)}`);
  }
  for (const names of lookalikeNames(items).slice(0, MAX_NAMES)) {
    reasons.push(`perhaps one item: ${names.map((name) => JSON.stringify(name)).join(', ')}`);
  }
  throw new TuttiError(
    'not_comparable',
    `The comparisons fall into ${components.length} groups that cannot be put on one scale (${reasons.join('; ')}).`,
    {
      hint: `Use ${mention('prior', 0.5)}, which makes every strength finite, leave those items out, or collect comparisons between the groups.`,
    },
  );
}

function names(items: readonly string[], positions: readonly number[]): string {
  const shown = positions.slice(0, MAX_NAMES).map((position) => items[position]);
  const more = positions.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
