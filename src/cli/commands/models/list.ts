import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, trustOption } from '../../command-line/common-options.ts';
import { EXIT_OK } from '../../context/exit-code.ts';

/** `tutti models list`. */
export const listModelsCommand = defineCommand({
  name: 'models list',
  summary: 'list providers, keys, endpoints, aliases and simulated models',
  description:
    'Lists the providers and endpoints with the keys that were found for them, the aliases and the simulated models.',
  arguments: [],
  options: { json: jsonOption, trust: trustOption },
  examples: [{ line: 'tutti models', does: 'See which keys were looked for and found' }],
  exitCodes: { 0: 'done', 1: null },
  async run({ options: { json, trust } }, context) {
    const [{ openCommandEngine }, { renderModels }, { renderNotices }, { tableWidth }] =
      await Promise.all([
        import('../../context/open-command-engine.ts'),
        import('./models-list.ts'),
        import('../../render/notices.ts'),
        import('../../render/text-table.ts'),
      ]);
    const { stdout, stderr } = context;
    await using engine = await openCommandEngine(context, { trust });
    const { notices, ...list } = await engine.listModels();
    if (json) {
      stdout.write(`${JSON.stringify(list)}\n`);
      return EXIT_OK;
    }
    stderr.write(renderNotices(notices));
    stdout.write(renderModels(list, tableWidth(stdout), stdout.style));
    return EXIT_OK;
  },
});
