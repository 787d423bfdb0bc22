import { type Content, type Html, html } from './html.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly head: string;
  /** What the head means, where that is not plain. */
  readonly meaning?: string;
  /** Default `text`. */
  readonly kind?: 'text' | 'number' | 'figure' | 'long';
  readonly cell: (row: Row) => Content;
}

/** A table whose first column names its rows. */
export interface Table<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** A last row that sums up. */
  readonly total?: Row | undefined;
}

/** Renders a table; where it is wider than the page, it alone is scrolled, also by keyboard. */
export function renderTable<Row>({ caption, columns, rows, total }: Table<Row>): Html {
  const heads = columns.map(({ head, kind = 'text', meaning }) =>
    meaning === undefined
      ? html`<th scope="col" class="${kind}">${head}</th>`
      : html`<th scope="col" class="${kind}" title="${meaning}">${head}</th>`,
  );
  const line = (
    row: Row,
  ) => html`<tr>${columns.map((column, index) => cell(column, row, index === 0))}</tr>
`;
  return html`<div class="wide" role="region" tabindex="0" aria-label="${caption}">
<table>
<caption><span>${caption}</span></caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map(line)}</tbody>
${total !== undefined && html`<tfoot>${line(total)}</tfoot>`}
</table>
</div>
`;
}

function cell<Row>({ kind = 'text', cell: content }: Column<Row>, row: Row, first: boolean): Html {
  return first
    ? html`<th scope="row" class="${kind}">${content(row)}</th>`
    : html`<td class="${kind}">${content(row)}</td>`;
}
