import type { StoredFile } from '../../../core/file-store.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption } from '../../command-line/common-options.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { renderTable, type TableColumn, tableWidth } from '../../render/text-table.ts';
import { endpointOption } from './endpoint-option.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'name', align: 'left' },
  { title: 'file', align: 'left', shrinks: true, keepsEnd: true },
  { title: 'type', align: 'left' },
  { title: 'MB', align: 'right' },
  { title: 'state', align: 'left' },
  { title: 'until', align: 'left' },
];

/** `tutti media list`. */
export const listMediaCommand = defineCommand({
  name: 'media list',
  summary: 'list the files that are there',
  description: 'Lists the files that the vendor keeps for the account of your key.',
  arguments: [],
  options: { endpoint: endpointOption, json: jsonOption },
  examples: [{ line: 'tutti media list', does: 'See what is there, and until when' }],
  exitCodes: { 0: 'done', 1: null },
  async run({ options: { endpoint, json } }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { stdout, stderr } = context;
    await using engine = await openCommandEngine(context);
    const files = await engine.listMedia({ endpoint });
    if (json) stdout.write(`${JSON.stringify(files)}\n`);
    else if (files.length === 0) stderr.write('No file is there.\n');
    else {
      const rows = files.map(rowOf);
      stdout.write(`${renderTable(COLUMNS, rows, tableWidth(stdout)).join('\n')}\n`);
    }
    return EXIT_OK;
  },
});

function rowOf(file: StoredFile): string[] {
  const { name, displayName, mediaType, size, state, expiresAtMs } = file;
  return [
    plainLine(name, 100),
    plainLine(displayName ?? '', 200),
    plainLine(mediaType ?? '?', 60),
    size === null ? '?' : (size / 1_000_000).toFixed(1),
    state,
    expiresAtMs === null ? '?' : new Date(expiresAtMs).toISOString().slice(0, 16).replace('T', ' '),
  ];
}
