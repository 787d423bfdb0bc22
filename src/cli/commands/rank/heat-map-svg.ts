import type { Leaderboard } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { heatMapPlaces } from './heat-map.ts';
import { boardTitle } from './leaderboard-notes.ts';

const CELL = 34;
const NAME_WIDTH = 210;
const HEAD = 40;
const FONT = 'font-family="system-ui, sans-serif" font-size="12"';

/** Draws the heat map of the first and last seven items: blue where the row's item wins, red where it loses. */
export function renderHeatMapSvg(board: Leaderboard): string {
  const { matrix = [], items } = board;
  const places = heatMapPlaces(items.length);
  const [width, height] = [
    NAME_WIDTH + CELL * places.length + 10,
    HEAD + CELL * places.length + 10,
  ];
  const parts = places.flatMap((row, y) => {
    const top = HEAD + y * CELL;
    const name = plainLine(items[row]!.item, 30);
    return [
      text(NAME_WIDTH - 8, top + CELL / 2 + 4, `${name} ${row + 1}`, 'end'),
      text(NAME_WIDTH + (y + 0.5) * CELL, HEAD - 8, String(row + 1), 'middle'),
      ...places.flatMap((column, x) => {
        const score = matrix[row]?.[column]?.expectedScore;
        return score === undefined ? [] : cell(NAME_WIDTH + x * CELL, top, score);
      }),
    ];
  });
  const title = `Expected scores: ${boardTitle(board)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
<title>${escapeXml(title)}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function cell(x: number, y: number, score: number): string[] {
  const dark = Math.abs(score - 0.5) > 0.35;
  return [
    `<rect x="${x}" y="${y}" width="${CELL - 1}" height="${CELL - 1}" fill="${colour(score)}"/>`,
    text(x + CELL / 2, y + CELL / 2 + 4, score.toFixed(2).replace(/^0/, ''), 'middle', dark),
  ];
}

/** From red (0) over white (0.5) to blue (1). */
function colour(score: number): string {
  const [full, away] =
    score < 0.5 ? [[178, 24, 43], 1 - 2 * score] : [[33, 102, 172], 2 * score - 1];
  const channels = full.map((channel) => Math.round(255 + (channel - 255) * away));
  return `rgb(${channels.join(',')})`;
}

function text(x: number, y: number, words: string, anchor: string, light = false): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" ${FONT} fill="${light ? '#ffffff' : '#222222'}">${escapeXml(words)}</text>`;
}

function escapeXml(value: string): string {
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
