import { defineCommand } from '../../command-line/command.ts';
import { usageError } from '../../command-line/usage-error.ts';
import { EXIT_OK } from '../../context/exit-code.ts';

/** After this time without a key it is said that one is waited for. */
const SILENCE_MS = 1_000;

/** The word that says whose key it is. */
export const KEY_NAME = {
  name: 'NAME',
  description: 'Provider (openai), endpoint, model (openai/gpt-5) or variable (OPENAI_API_KEY)',
  required: true,
} as const;

/** `tutti keys set`. */
export const setKeyCommand = defineCommand({
  name: 'keys set',
  summary: 'keep a key that is typed or piped in',
  description:
    'Keeps a key in a file of your home that only you can read. It is typed (it is not shown) or piped in.',
  arguments: [KEY_NAME],
  options: {},
  tooManyWords:
    'A key is typed or piped in, never given as an argument; if it was, remove it from the history of the shell.',
  examples: [
    { line: 'tutti keys set openai', does: 'Keep a key; it is asked for' },
    { line: 'tutti keys set anthropic < key.txt', does: 'Keep a key from a file' },
  ],
  exitCodes: { 0: 'it is kept', 1: null },
  async run({ arguments: [name = ''] }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { keyboard, stderr, clock } = context;
    await using engine = await openCommandEngine(context);
    const variable = await engine.findKeyVariable(name);
    if (keyboard.isTerminal && !keyboard.canAsk) {
      throw usageError('No terminal to ask on.', `Pipe the key in: tutti keys set ${name} < FILE`);
    }
    const key = keyboard.canAsk
      ? await keyboard.askLine(`Key for ${variable} (it is not shown): `, { hidden: true })
      : await keyboard.readAll({
          clock,
          afterMs: SILENCE_MS,
          onSilence: () => {
            stderr.write('waiting for the key, from standard input\n');
            return 'wait';
          },
        });
    if (key.trim() === '') throw usageError('No key was given.', 'Type it, or pipe it in.');
    await engine.setKey(variable, key);
    stderr.write(`Kept ${variable}, readable by you only.\n`);
    return EXIT_OK;
  },
});
