import type { CommandGroup } from '../../command-line/command.ts';
import { listKeysCommand } from './list.ts';
import { removeKeyCommand } from './remove.ts';
import { setKeyCommand } from './set.ts';

/** `tutti keys`: keep, list and remove keys. */
export const command: CommandGroup = {
  name: 'keys',
  summary: 'keep, list and remove the keys of providers',
  description:
    'Keeps keys in a file of your home that only you can read. A key is typed (it is not shown) or piped in, never given as an argument, and never printed but for its last characters in the list.',
  commands: [setKeyCommand, listKeysCommand, removeKeyCommand],
};
