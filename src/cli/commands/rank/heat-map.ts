import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { padLine } from '../../terminal/display-width.ts';
import type { LeaderboardView } from './leaderboard.ts';

/** So many of the first and of the last items are shown. */
const EACH_END = 7;

/** Places of the first and last seven of so many items; all when there are no more than fourteen. */
export function heatMapPlaces(count: number): number[] {
  const all = Array.from({ length: count }, (_, at) => at);
  return count <= 2 * EACH_END ? all : [...all.slice(0, EACH_END), ...all.slice(-EACH_END)];
}

/** Renders expected scores in percent, the row's item against the column's. */
export function renderHeatMap({ matrix, items }: Leaderboard, view: LeaderboardView): string {
  if (matrix === undefined) return '';
  const places = heatMapPlaces(items.length);
  const nameWidth = Math.max(8, Math.min(26, view.width - 7 - 4 * places.length));
  const numbers = places.map((at) => String(at + 1).padStart(4)).join('');
  const rows = places.map((row) => {
    const name = padLine(plainLine(items[row]!.item, 60), nameWidth);
    const cells = places.map((column) => {
      const score = matrix[row]![column]?.expectedScore;
      return score === undefined ? '   .' : shaded(score, view);
    });
    return `${String(row + 1).padStart(4)}  ${name}${cells.join('')}`;
  });
  const heading = 'Expected score in percent of the item on the left against the one above';
  const title = `${' '.repeat(6 + nameWidth)}${numbers}`;
  return `${[view.style.bold(heading), view.style.bold(title), ...rows].join('\n')}\n`;
}

function shaded(score: number, { style }: LeaderboardView): string {
  const text = String(Math.round(100 * score)).padStart(4);
  if (score >= 0.6) return style.green(text);
  return score <= 0.4 ? style.red(text) : text;
}
