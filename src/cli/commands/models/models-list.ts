import { plainLine } from '../../../core/plain-text.ts';
import type { KeyReport, ModelList } from '../../../runtime/index.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { Style } from '../../terminal/style.ts';

const column = (title: string, shrinks = false): TableColumn => ({ title, align: 'left', shrinks });
const KEY: TableColumn = { title: 'key', align: 'left', shrinks: true, keepsEnd: true };

/** Renders providers (those that are ready first), endpoints, aliases, default and simulated models. */
export function renderModels(
  list: Omit<ModelList, 'notices'>,
  width: number,
  style: Style,
): string {
  const ready = list.providers.filter((one) => one.ready && !isKeyless(one));
  const local = list.providers.filter((one) => one.ready && isKeyless(one));
  const missing = list.providers.filter((one) => !one.ready);
  const sections = [
    section('Ready', [column('name'), KEY, column('address', true)], ready.map(readyRow)),
    section(
      'Without a key, if it runs',
      [column('name'), column('address', true)],
      local.map(addressRow),
    ),
    section('Not set up', [column('name'), column('looked for', true)], missing.map(missingRow)),
    section(
      'Aliases',
      [column('name'), column('model', true), column('set in')],
      list.aliases.map(({ name, model, where }) => [name, model, where]),
    ),
    section(
      'Consortiums',
      [column('name')],
      list.consortiums.map((name) => [name]),
    ),
    section(
      'Asked without -m',
      [column('model', true)],
      list.models.map((model) => [model]),
    ),
    section(
      'Simulated, without a key',
      [column('model'), column('what it is like', true)],
      list.simulated.map(({ model, about }) => [model, about]),
    ),
  ];
  const any =
    'Any OpenAI-compatible server: -m BASE_URL#model-id, such as http://localhost:8000/v1#qwen3';
  return `${sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, columns, rows }) => {
      const clean = rows.map((row) => row.map((cell) => plainLine(cell, 300)));
      return `${style.bold(title)}\n${renderTable(columns, clean, width).join('\n')}\n\n`;
    })
    .join('')}${any}\n`;
}

function section(
  title: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
) {
  return { title, columns, rows };
}

function isKeyless({ key, keyRequired }: KeyReport): boolean {
  return key === null && !keyRequired;
}

function readyRow(report: KeyReport): string[] {
  const [name = '', address = ''] = addressRow(report);
  const { key } = report;
  return [name, key === null ? '' : `${key.variable} (${key.where})`, address];
}

function addressRow({ name, baseUrl, baseUrlSource }: KeyReport): string[] {
  const from = baseUrlSource === null ? '' : ` from ${baseUrlSource}`;
  return [name, `${baseUrl ?? ''}${from}`];
}

function missingRow({
  name,
  key,
  keyRequired,
  keyVariables,
  baseUrl,
  baseUrlVariables,
}: KeyReport) {
  const wanted = [
    ...(keyRequired && key === null ? [keyVariables.join(' or ')] : []),
    ...(baseUrl === null ? [baseUrlVariables.join(' or ') || 'its address'] : []),
  ];
  return [name, wanted.join('; ')];
}
