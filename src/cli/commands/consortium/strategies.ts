import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption } from '../../command-line/common-options.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { renderTable, type TableColumn, tableWidth } from '../../render/text-table.ts';

const PARAMETER: readonly TableColumn[] = [
  { title: 'parameter', align: 'left' },
  { title: 'default', align: 'left', shrinks: true },
  { title: 'what it is', align: 'left', shrinks: true },
];

/** `tutti consortium strategies`. */
export const strategiesCommand = defineCommand({
  name: 'consortium strategies',
  summary: 'list the strategies and their parameters',
  description:
    'Lists what can be done with the answers of members before an arbiter sees them. Several are applied in their order; parameters are written in a file: strategy: {voting: {extract: number}}.',
  arguments: [],
  options: { json: jsonOption },
  examples: [{ line: 'tutti consortium strategies', does: 'See which strategies there are' }],
  exitCodes: { 0: 'done', 1: null },
  async run({ options: { json } }, { stdout }) {
    const { STRATEGIES } = await import('../../../panel/index.ts');
    const listed = Object.values(STRATEGIES).map(({ name, about, parameters }) => ({
      name,
      description: about,
      parameters: parameters.map((one) => ({
        name: one.name,
        description: one.about,
        kind: one.kind,
        required: one.default === undefined,
        default: one.default ?? null,
      })),
    }));
    if (json) {
      stdout.write(`${JSON.stringify(listed)}\n`);
      return EXIT_OK;
    }
    const blocks = listed.map(({ name, description, parameters }) => {
      const rows = parameters.map((one) => [
        one.name,
        one.required ? 'must be given' : plainLine(JSON.stringify(one.default), 60),
        one.description,
      ]);
      const table = rows.length === 0 ? [] : renderTable(PARAMETER, rows, tableWidth(stdout));
      return [`${stdout.style.bold(name)}  ${description}`, ...table].join('\n');
    });
    stdout.write(`${blocks.join('\n\n')}\n`);
    return EXIT_OK;
  },
});
