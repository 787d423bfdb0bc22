import { defineCommand } from '../../command-line/command.ts';
import { jsonOption } from '../../command-line/common-options.ts';

/** `tutti keys`: keep, list and remove keys. */
export const command = defineCommand({
  name: 'keys',
  summary: 'keep, list and remove the keys of providers',
  description:
    'Keeps keys in a file of your home that only you can read. A key is typed (it is not shown) or piped in, never given as an argument, and never printed but for its last characters in the list.',
  arguments: [
    {
      name: 'ACTION',
      description: 'What to do',
      required: true,
      choices: ['set', 'list', 'remove'],
    },
    {
      name: 'NAME',
      description: 'Provider (openai), endpoint, model (openai/gpt-5) or variable (OPENAI_API_KEY)',
      required: false,
    },
  ],
  options: { json: jsonOption },
  tooManyWords:
    'A key is typed or piped in, never given as an argument; if it was, remove it from the history of the shell.',
  examples: [
    { line: 'tutti keys set openai', does: 'Keep a key; it is asked for' },
    { line: 'tutti keys set anthropic < key.txt', does: 'Keep a key from a file' },
    { line: 'tutti keys list', does: 'See which keys were found, and where' },
  ],
  exitCodes: { 0: 'done', 1: 'there was no such key to remove' },
  async run({ arguments: [action, name], options: { json } }, context) {
    const keys = await import('./manage-keys.ts');
    if (action === 'set') return keys.keepKey(name, context);
    if (action === 'remove') return keys.forgetKey(name, context);
    return keys.showKeys(json, context);
  },
});
