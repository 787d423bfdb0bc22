// Draws a captured terminal screen as an SVG: tmux capture-pane -e -p | node scripts/terminal-svg.ts "title" > picture.svg
import { text } from 'node:stream/consumers';

const COLOURS = [
  '#484f58',
  '#ff7b72',
  '#3fb950',
  '#d29922',
  '#58a6ff',
  '#bc8cff',
  '#39c5cf',
  '#c9d1d9',
];
const CELL = { width: 8.4, height: 18 };
const MARGIN = { x: 16, top: 44, bottom: 14 };

interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: string;
}

const title = process.argv[2] ?? 'tutti';
const lines = (await text(process.stdin)).replace(/\n+$/, '').split('\n').map(readLine);
const columns = Math.max(...lines.flat().map((run) => run.column + run.text.length), 60);
const width = Math.ceil(columns * CELL.width + 2 * MARGIN.x);
const height = lines.length * CELL.height + MARGIN.top + MARGIN.bottom;
const rows = lines.flatMap((runs, row) =>
  runs.map((run) => {
    const x = (MARGIN.x + run.column * CELL.width).toFixed(1);
    const y = MARGIN.top + (row + 0.75) * CELL.height;
    const length = (run.text.length * CELL.width).toFixed(1);
    return `<text x="${x}" y="${y}" textLength="${length}" ${run.style}>${escapeXml(run.text)}</text>`;
  }),
);
console.log(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<circle cx="20" cy="20" r="6" fill="#ff5f56"/><circle cx="40" cy="20" r="6" fill="#ffbd2e"/><circle cx="60" cy="20" r="6" fill="#27c93f"/>
<text x="${width / 2}" y="24" text-anchor="middle" fill="#8b949e" font-family="sans-serif" font-size="13">${escapeXml(title)}</text>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve" lengthAdjust="spacingAndGlyphs">
${rows.join('\n')}
</g>
</svg>`);

/** Cuts a line into runs of the same style; only colours and bold of SGR are understood. */
function readLine(line: string): Run[] {
  const runs: Run[] = [];
  let style = styleOf(undefined, false);
  let colour: string | undefined;
  let bold = false;
  let column = 0;
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    const codes = /^\u001b\[([0-9;]*)m$/.exec(part);
    if (!codes) {
      if (part.trim() !== '') runs.push({ column, text: part, style });
      column += part.length;
      continue;
    }
    for (const code of (codes[1] || '0').split(';').map(Number)) {
      if (code === 0) [colour, bold] = [undefined, false];
      else if (code === 1) bold = true;
      else if (code === 2) colour = COLOURS[0];
      else if (code === 22) bold = false;
      else if (code >= 30 && code <= 37) colour = COLOURS[code - 30];
      else if (code >= 90 && code <= 97) colour = COLOURS[code - 90];
      else if (code === 39) colour = undefined;
    }
    style = styleOf(colour, bold);
  }
  return runs;
}

function styleOf(colour: string | undefined, bold: boolean): string {
  return `fill="${colour ?? '#c9d1d9'}"${bold ? ' font-weight="bold"' : ''}`;
}

function escapeXml(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
