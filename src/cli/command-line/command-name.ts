import type { Command } from './command.ts';

/** The word by which a group's command is called: `set` of `keys set`. */
export function lastWord(command: Command): string {
  return command.name.slice(command.name.lastIndexOf(' ') + 1);
}
