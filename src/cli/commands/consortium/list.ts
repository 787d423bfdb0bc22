import { plainLine } from '../../../core/plain-text.ts';
import type { ListedConsortium } from '../../../runtime/index.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, trustOption } from '../../command-line/common-options.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { renderTable, type TableColumn, tableWidth } from '../../render/text-table.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'name', align: 'left' },
  { title: 'members', align: 'left', shrinks: true },
  { title: 'arbiter', align: 'left', shrinks: true },
  { title: 'strategy', align: 'left' },
];

/** `tutti consortium list`. */
export const listConsortiumsCommand = defineCommand({
  name: 'consortium list',
  summary: 'list the saved consortiums',
  description: 'Lists the consortiums of your home; one whose file has mistakes says so.',
  arguments: [],
  options: { json: jsonOption, trust: trustOption },
  examples: [{ line: 'tutti consortium list', does: 'See which consortiums there are' }],
  exitCodes: { 0: 'done', 1: null },
  async run({ options: { json, trust } }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { stdout, stderr } = context;
    await using engine = await openCommandEngine(context, { trust });
    const consortiums = await engine.listConsortiums();
    if (json) stdout.write(`${JSON.stringify(consortiums)}\n`);
    else if (consortiums.length === 0) {
      stderr.write('No consortium is saved. Keep one: tutti consortium save NAME -m MODEL …\n');
    } else {
      const lines = renderTable(COLUMNS, consortiums.map(rowOf), tableWidth(stdout));
      stdout.write(`${lines.join('\n')}\n`);
    }
    return EXIT_OK;
  },
});

function rowOf({ name, members, arbiters, strategies, problems }: ListedConsortium): string[] {
  const [problem] = problems;
  if (problem !== undefined) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    return [name, `cannot be asked: ${plainLine(problem, 300)}${more}`, '', ''];
  }
  const words = members.map(({ model, count }) => (count > 1 ? `${model}:${count}` : model));
  return [
    name,
    plainLine(words.join(', '), 300),
    plainLine(arbiters.join(', '), 200),
    plainLine(strategies.map((one) => one.name).join(', '), 100),
  ];
}
