import { plainLine, plainText } from '../../../core/plain-text.ts';
import { displayWidth, fitLine, padLine } from '../../terminal/display-width.ts';
import type { ScreenSize } from '../../terminal/screen.ts';
import type { Style } from '../../terminal/style.ts';
import { wrapTail } from '../../terminal/wrap-text.ts';
import { durationText, tokensText } from '../figures.ts';

/** What is known of one model while it is asked. Its texts are as they came. */
export interface AskPanel {
  readonly title: string;
  readonly state: 'waiting' | 'streaming' | 'done' | 'failed';
  /** The answer so far. */
  readonly text: string;
  /** Why nothing comes, such as `request limit, 0.4 s`; null when there is nothing to say. */
  readonly waitingFor: string | null;
  readonly firstTokenMs: number | null;
  /** Time since it was asked; the whole time once it has ended. */
  readonly elapsedMs: number;
  readonly outputTokens: number | null;
  /** True when an answer was cut at the token limit. */
  readonly isCut: boolean;
  /** True when an answer is a consortium's that is not complete; default false. */
  readonly isDegraded?: boolean;
  /** One line; null unless it failed. */
  readonly error: string | null;
}

/** From this width on panels stand side by side. */
const WIDE_SCREEN = 100;
const NARROWEST_PANEL = 40;
const TALLEST_TEXT = 12;
/** Border rows of a panel. */
const BORDERS = 2;

/** Renders the panels of all models: side by side on a wide screen, else one under the other. */
export function renderAskPanels(
  panels: readonly AskPanel[],
  size: ScreenSize,
  style: Style,
): string[] {
  const width = size.columns - 1;
  const fitting = size.columns < WIDE_SCREEN ? 1 : Math.floor(size.columns / NARROWEST_PANEL);
  const bands = Math.ceil(panels.length / fitting);
  const across = Math.ceil(panels.length / Math.max(1, bands));
  const height = Math.min(TALLEST_TEXT, Math.floor((size.rows - 1) / bands) - BORDERS);
  if (height < 1) return panels.map((panel) => fitLine(oneLine(panel), width));
  const panelWidth = Math.floor(width / across);
  const lines: string[] = [];
  for (let first = 0; first < panels.length; first += across) {
    const band = panels
      .slice(first, first + across)
      .map((panel) => renderPanel(panel, panelWidth, height, style));
    for (let row = 0; row < height + BORDERS; row++) {
      lines.push(band.map((panel) => panel[row]).join(''));
    }
  }
  return lines;
}

function renderPanel(panel: AskPanel, width: number, height: number, style: Style): string[] {
  const inside = width - 4;
  const rows = bodyRows(panel, inside, height);
  const paint = panel.error === null ? (text: string) => text : style.red;
  const edge = style.dim('│');
  const body = Array.from({ length: height }, (_, index) => {
    return `${edge} ${paint(padLine(rows[index] ?? '', inside))} ${edge}`;
  });
  return [topBorder(panel, width, style), ...body, bottomBorder(panel, width, style)];
}

function bodyRows(panel: AskPanel, width: number, height: number): string[] {
  if (panel.error !== null) {
    return wrapTail(plainLine(panel.error, width * height), width, height);
  }
  if (panel.text !== '') return wrapTail(plainText(panel.text), width, height);
  return panel.waitingFor === null ? [] : [fitLine(plainLine(panel.waitingFor), width)];
}

function topBorder(panel: AskPanel, width: number, style: Style): string {
  const first = panel.firstTokenMs === null ? '' : ` ${durationText(panel.firstTokenMs)} ▸ `;
  const title = fitLine(plainLine(panel.title), width - 5 - displayWidth(first));
  const rule = '─'.repeat(Math.max(0, width - 4 - displayWidth(title) - displayWidth(first)));
  return `${style.dim('┌ ')}${style.bold(title)}${style.dim(` ${rule}${first}┐`)}`;
}

function bottomBorder(panel: AskPanel, width: number, style: Style): string {
  const state = fitLine(` ${stateText(panel)} `, width - 3);
  const rule = '─'.repeat(Math.max(0, width - 3 - displayWidth(state)));
  const paint = { waiting: style.dim, streaming: style.dim, done: style.green, failed: style.red };
  return `${style.dim(`└${rule}`)}${paint[panel.state](state)}${style.dim('─┘')}`;
}

function stateText(panel: AskPanel): string {
  const { state, elapsedMs, outputTokens, isCut, isDegraded = false } = panel;
  const tokens = outputTokens === null ? '' : ` · ${tokensText(outputTokens)} tokens`;
  const cut = isCut ? ' · CUT at the token limit' : '';
  const degraded = isDegraded ? ' · DEGRADED' : '';
  if (state === 'done') return `done ${durationText(elapsedMs)}${tokens}${cut}${degraded}`;
  return `${state} ${durationText(elapsedMs)}`;
}

/** A panel of a screen that has no room for panels. */
function oneLine(panel: AskPanel): string {
  const last = panel.error ?? wrapTail(plainText(panel.text.slice(-400)), 200, 1)[0] ?? '';
  return `${plainLine(panel.title)} · ${stateText(panel)} · ${plainLine(last)}`;
}
