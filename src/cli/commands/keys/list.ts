import { plainLine } from '../../../core/plain-text.ts';
import type { KeyListing } from '../../../runtime/index.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption } from '../../command-line/common-options.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { renderNotices } from '../../render/notices.ts';
import { renderTable, type TableColumn, tableWidth } from '../../render/text-table.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'variable', align: 'left' },
  { title: 'ends', align: 'left' },
  { title: 'found in', align: 'left', shrinks: true },
];

/** `tutti keys list`. */
export const listKeysCommand = defineCommand({
  name: 'keys list',
  summary: 'list which keys were found, and where',
  description: 'Lists every key that was found and where; at most three characters of each.',
  arguments: [],
  options: { json: jsonOption },
  examples: [{ line: 'tutti keys list', does: 'See which keys were found, and where' }],
  exitCodes: { 0: 'done', 1: null },
  async run({ options: { json } }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { stdout, stderr } = context;
    await using engine = await openCommandEngine(context);
    const { keys, notices } = await engine.listKeys();
    if (json) {
      stdout.write(`${JSON.stringify(keys)}\n`);
      return EXIT_OK;
    }
    stderr.write(renderNotices(notices));
    if (keys.length === 0) stderr.write('No key was found. Keep one: tutti keys set openai\n');
    else {
      const rows = keys.map(rowOf);
      stdout.write(`${renderTable(COLUMNS, rows, tableWidth(stdout)).join('\n')}\n`);
    }
    return EXIT_OK;
  },
});

function rowOf({ variable, ends, where, hidden }: KeyListing): string[] {
  return [
    plainLine(variable),
    ends === null ? '' : `...${ends}`,
    plainLine(where) + (hidden ? ' (not used: it is also set in a stronger place)' : ''),
  ];
}
