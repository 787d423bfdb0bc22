import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, trustOption } from '../../command-line/common-options.ts';

/** `tutti models`: what can be used here. */
export const command = defineCommand({
  name: 'models',
  summary: 'show what can be used here: providers, keys, aliases, endpoints',
  description:
    'Lists the providers and endpoints with the keys that were found for them, the aliases and the simulated models. `models test` sends one tiny call to each given model.',
  arguments: [
    {
      name: 'ACTION',
      description: 'What to do, by default list',
      required: false,
      choices: ['list', 'test'],
    },
    {
      name: 'MODEL',
      description: 'Models to test, by default those of the settings',
      required: false,
      repeatable: true,
    },
  ],
  options: { json: jsonOption, trust: trustOption },
  examples: [
    { line: 'tutti models', does: 'See which keys were looked for and found' },
    { line: 'tutti models test openai/gpt-5 sim/quick', does: 'Send one tiny call to two models' },
  ],
  async run({ arguments: [action = 'list', ...models], options: { json, trust } }, context) {
    const [{ openCommandEngine }, shows] = await Promise.all([
      import('../../open-command-engine.ts'),
      import('./show-models.ts'),
    ]);
    await using engine = await openCommandEngine(context, { trust });
    if (action === 'test') return shows.testModels(engine, models, context, json);
    return shows.listModels(await engine.configuration(), context, json);
  },
});
