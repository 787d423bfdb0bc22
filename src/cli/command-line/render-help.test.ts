import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../commands.generated.ts';
import { isGroup } from './choose-command.ts';
import type { Command } from './command.ts';
import { anyText, repeatedOption, switchOption } from './option.ts';
import {
  optionMeaning,
  renderCommandHelp,
  renderGroupHelp,
  renderProgramHelp,
  usageLine,
} from './render-help.ts';

const loaded = await Promise.all(COMMANDS.map(({ load }) => load()));
const commands = loaded.flatMap((one) => (isGroup(one) ? one.commands : [one]));
const groups = loaded.filter(isGroup);

const paint: Command = {
  name: 'paint',
  summary: 'paint a wall',
  description: 'Paints a wall, and another one, until there is no wall left that has no paint.',
  arguments: [],
  options: {
    colours: repeatedOption('-c, --colour NAME', 'Colour of the next layer of paint', anyText),
    twice: switchOption('--twice', 'Paint two layers'),
  },
  examples: [{ line: 'tutti paint --colour "a very dark blue" --twice', does: 'Paint' }],
  exitCodes: { 1: null },
  run: async () => 0,
};

/** Lines wider than the terminal that are neither one word nor a command line, which is there to be copied. */
const tooWide = (help: string, width: number, commandLines: readonly string[]) =>
  help
    .split('\n')
    .filter((line) => line.length > width && line.trim().includes(' '))
    .filter((line) => !commandLines.includes(line.trim()));

const withoutSpaces = (text: string) => text.replace(/\s+/g, '');

describe('the help', () => {
  it.each([40, 80, 100, 200])('has no line wider than %i cells but command lines', (width) => {
    for (const command of commands) {
      const lines = [`Usage: ${usageLine(command)}`, ...command.examples.map(({ line }) => line)];
      expect(tooWide(renderCommandHelp(command, width), width, lines), command.name).toEqual([]);
    }
    for (const group of groups) {
      const lines = group.commands.flatMap(({ examples }) => examples.map(({ line }) => line));
      expect(tooWide(renderGroupHelp(group, width), width, lines), group.name).toEqual([]);
    }
    expect(tooWide(renderProgramHelp(COMMANDS, width), width, [])).toEqual([]);
  });

  it.each([20, 40, 80])('says all of every option at %i cells', (width) => {
    for (const command of commands) {
      const help = withoutSpaces(renderCommandHelp(command, width));
      for (const option of Object.values(command.options)) {
        expect(help).toContain(withoutSpaces(option.flags + optionMeaning(option)));
      }
    }
  });

  it('continues a meaning under its beginning, and puts it under a term that is long', () => {
    expect(renderCommandHelp(paint, 60)).toContain(
      [
        '  -c, --colour NAME  Colour of the next layer of paint; any',
        '                     number of times',
        '  --twice            Paint two layers',
      ].join('\n'),
    );
    expect(renderCommandHelp(paint, 40)).toContain(
      [
        '  -c, --colour NAME',
        '                    Colour of the next',
        '                    layer of paint; any',
        '                    number of times',
        '  --twice           Paint two layers',
      ].join('\n'),
    );
  });

  it('names no exit code that a command never has', () => {
    const help = renderCommandHelp(paint, 80);
    expect(help).not.toMatch(/^ {2}1 /m);
    expect(help).toMatch(/^ {2}2 /m);
  });
});
