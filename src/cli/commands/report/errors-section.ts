import type { ErrorGroup, RunReport } from '../../../experiment/report/index.ts';
import { type Content, type Html, html, renderName, renderTable } from '../../../pages/index.ts';
import { countOf, countText } from '../../render/figures.ts';

/** Renders the errors, like ones as one line; nothing where there are none. */
export function renderErrors({ errors, otherErrors, shown }: RunReport): Html | undefined {
  if (errors.length === 0) return undefined;
  const lines = new Set(shown.prompts.flatMap(({ rows }) => rows.map(({ line }) => line)));
  const table = renderTable<ErrorGroup>({
    caption: 'Errors that differ only in numbers, ids and quotations are one line.',
    columns: [
      { head: 'Error', cell: ({ code }) => html`<span class="code">${code}</span>` },
      { head: 'Rows', kind: 'number', cell: ({ rows }) => countText(rows) },
      { head: 'What the first one says', kind: 'long', cell: messageOf },
      { head: 'Model', cell: ({ model }) => renderName(model) },
      { head: 'Lines', cell: (group) => linksOf(group, lines) },
    ],
    rows: errors,
  });
  const more =
    otherErrors > 0 && html`<p>${countOf(otherErrors, 'row')} failed in further ways.</p>`;
  return html`${table}${more}`;
}

function messageOf({ message, hint }: ErrorGroup): Content {
  return html`${message}${hint !== null && html`<br><span class="quiet">${hint}</span>`}`;
}

/** Lines of the results; those whose texts are on the page lead there. */
function linksOf({ lines, rows }: ErrorGroup, shown: ReadonlySet<number>): Content {
  const links = lines.map((line) =>
    shown.has(line) ? html`<a href="#row-${line}">${line}</a> ` : html`${line} `,
  );
  return html`${links}${rows > lines.length && '…'}`;
}
