import { describe, expect, it } from 'vitest';
import { isGroup } from '../command-line/choose-command.ts';
import type { Command } from '../command-line/command.ts';
import { spellings } from '../command-line/option.ts';
import { COMMANDS } from '../commands.generated.ts';
import { PROMPTO_COMMANDS } from './prompto-commands.ts';

/** A command of this program by its whole name: `run`, `media upload`. */
async function commandCalled(name: string): Promise<Command | undefined> {
  const entry = COMMANDS.find((one) => one.name === name.split(' ')[0]);
  const found = await entry?.load();
  if (found === undefined || !isGroup(found)) return found;
  return found.commands.find((one) => one.name === name);
}

describe("the table of prompto's flags", () => {
  it.each(PROMPTO_COMMANDS.filter(({ command }) => command !== null))(
    'names for $name only options that there are',
    async ({ command, always = '', flags }) => {
      const found = await commandCalled(command!);
      expect(found, `there is no tutti ${command}`).toBeDefined();
      const known = Object.values(found!.options).flatMap(spellings);
      const named = [always, ...flags.map(({ here }) => here)]
        .flatMap((text) => text.split(' '))
        .filter((word) => word.startsWith('-'));
      expect(known).toEqual(expect.arrayContaining(named));
    },
  );

  it('has each spelling of a command once', () => {
    for (const { name, flags } of PROMPTO_COMMANDS) {
      const repository = flags.flatMap((flag) => [...flag.spellings, ...(flag.inPages ?? [])]);
      expect(new Set(repository).size, name).toBe(repository.length);
      const pip = flags.flatMap(({ spellings, inPip = spellings }) => inPip);
      expect(new Set(pip).size, name).toBe(pip.length);
    }
  });
});
