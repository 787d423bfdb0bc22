import type { LaneLimit, RunFacts, RunReport } from '../../../experiment/report/index.ts';
import {
  type Column,
  type Content,
  type Html,
  html,
  renderName,
  renderTable,
} from '../../../pages/index.ts';
import { countText, durationText } from '../../render/figures.ts';
import { UNKNOWN } from '../../render/statistics-text.ts';

const NAMES: Readonly<Record<string, string>> = {
  attempts: 'Tries of a call, at most',
  timeout_ms: 'Time-out of a call',
  idle_timeout_ms: 'Time-out of silence',
  max_wait_ms: 'Longest wait for a server',
  stop_after: 'Equal errors that end a lane',
};

/** Renders how the run was made; nothing where nobody wrote it down. */
export function renderSettings({ run, firstAskedAt, lastAnsweredAt }: RunReport): Html | undefined {
  if (run === null) return undefined;
  const facts: (readonly [name: Content, value: Content])[] = [
    ['Input', run.input !== null && html`<bdi>${run.input}</bdi>`],
    ['SHA-256 of its rows', html`<span class="code">${run.inputSha256}</span>`],
    ['Begun', run.beganAt],
    ['First asked', firstAskedAt],
    ['Last answered', lastAnsweredAt],
    ['tutti', run.version],
    ...run.settings.map(
      ({ name, value }) => [NAMES[name] ?? name, settingText(name, value)] as const,
    ),
    ...run.aliases.map(
      ({ name, reference }) =>
        [html`${renderName(name)} stands for`, renderName(reference)] as const,
    ),
  ];
  const known = facts.filter(([, value]) => value !== null && value !== false);
  return html`<dl class="facts">${known.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${run.limits.length > 0 && limitsTable(run.limits)}`;
}

function settingText(name: string, value: number): string {
  return name.endsWith('_ms') ? durationText(value) : countText(value);
}

function limitsTable(limits: RunFacts['limits']): Html {
  const columns: readonly [head: string, read: (limit: LaneLimit) => number | null][] = [
    ['Requests a minute', ({ rpm }) => rpm],
    ['Tokens a minute', ({ tpm }) => tpm],
    ['At once', ({ concurrency }) => concurrency],
  ];
  const counts = columns
    .filter(([, read]) => limits.some((limit) => read(limit) !== null))
    .map(([head, read]): Column<LaneLimit> => {
      const cell = (limit: LaneLimit) => {
        const value = read(limit);
        return value === null ? UNKNOWN : countText(value);
      };
      return { head, kind: 'number', cell };
    });
  return renderTable<LaneLimit>({
    caption: 'Limits that were in force',
    columns: [{ head: 'Lane', cell: ({ lane }) => renderName(lane) }, ...counts],
    rows: limits,
  });
}
