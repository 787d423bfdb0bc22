import { describe, expect, it } from 'vitest';
import { TuttiError } from '../../core/tutti-error.ts';
import { command as ask } from '../commands/ask/index.ts';
import { command as keys } from '../commands/keys/index.ts';
import { command as run } from '../commands/run/index.ts';
import { COMMANDS } from '../commands.generated.ts';
import type { Command } from './command.ts';
import { parseCommand } from './parse-command.ts';

const parse = (command: unknown, words: string[]) => {
  const parsed = parseCommand(command as Command, words);
  if (parsed.help) throw new Error('help was asked for');
  return parsed.input;
};

const refusal = (command: unknown, words: string[]): TuttiError => {
  try {
    parseCommand(command as Command, words);
  } catch (error) {
    if (error instanceof TuttiError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('parseCommand', () => {
  it('gathers repeated options in order and leaves others at their initial value', () => {
    const { arguments: words, options } = parse(ask, [
      'why?',
      '-m',
      'a/b',
      '--model=c/d',
      '--param',
      'temperature=0',
    ]);
    expect(words).toEqual(['why?']);
    expect(options).toMatchObject({
      models: ['a/b', 'c/d'],
      parameters: [['temperature', 0]],
      samples: undefined,
      json: false,
    });
  });

  it('takes options before and after the words, and none after --', () => {
    expect(parse(ask, ['--json', 'why?']).options.json).toBe(true);
    const after = parse(ask, ['--', '--json']);
    expect([after.arguments, after.options.json]).toEqual([['--json'], false]);
  });

  it('keeps the options that every command has apart', () => {
    const parsed = parseCommand(run as unknown as Command, ['x', '--color', 'never', '--debug']);
    expect(parsed).toMatchObject({ common: { color: 'never', debug: true } });
    expect(parsed).not.toHaveProperty('input.options.debug');
  });

  it('takes - as a word', () => {
    expect(parse(run, ['-', 'b.jsonl']).arguments).toEqual(['-', 'b.jsonl']);
  });

  it('names the nearest right option', () => {
    expect(refusal(ask, ['--modle', 'x'])).toMatchObject({
      code: 'bad_usage',
      message: 'Option "--modle" is not known.',
      hint: 'Did you mean --model?',
    });
    expect(refusal(run, ['x', '--conccurency=3']).hint).toBe('Did you mean --concurrency?');
  });

  it('points to the help when no option is near', () => {
    expect(refusal(ask, ['--zzzzzzzzzz']).hint).toBe('See: tutti ask --help');
  });

  it('says what a value must be, and what was given', () => {
    expect(refusal(ask, ['x', '-n', '0']).message).toBe(
      '--samples must be a whole number from 1 to 1000; "0" is not.',
    );
    expect(refusal(ask, ['x', '--timeout', '5 minutes']).message).toContain(
      '--timeout must be a duration',
    );
  });

  it('says which option lacks its value, and which word is missing', () => {
    expect(refusal(ask, ['x', '-m']).message).toBe('-m, --model needs a value.');
    expect(refusal(run, []).message).toBe('tutti run needs FILE.');
    expect(refusal(keys, ['set', 'openai', 'sk-0123'])).toMatchObject({
      message: expect.not.stringContaining('sk-'),
      hint: expect.stringContaining('typed or piped in'),
    });
    expect(refusal(keys, []).message).toBe('tutti keys needs ACTION (set, list, remove).');
  });

  it('asks for quotes when a prompt falls apart into words', () => {
    expect(refusal(ask, ['why', 'is', 'it']).hint).toContain('quotes');
  });

  it('names the nearest of a few words', () => {
    expect(refusal(keys, ['lst'])).toMatchObject({
      message: 'ACTION "lst" is not known.',
      hint: 'Did you mean list?',
    });
  });

  it('shows control characters of a wrong word as escapes', () => {
    expect(refusal(ask, ['--\x1b[2Jmodel']).message).not.toContain('\x1b');
  });

  it('knows when only the help is wanted', () => {
    expect(parseCommand(run as unknown as Command, ['--help'])).toEqual({ help: true });
    expect(parseCommand(run as unknown as Command, ['x', '-h'])).toEqual({ help: true });
  });
});

describe('every command', () => {
  it.each(COMMANDS)('$name has examples that its own parser takes', async ({ name, load }) => {
    const command = await load();
    expect(command.name).toBe(name);
    for (const { line } of command.examples) {
      const call = line.slice(line.indexOf('tutti ')).replace(/ < .*/, '');
      const words = [...call.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
      expect(words.slice(0, 2)).toEqual(['tutti', name]);
      expect(parseCommand(command, words.slice(2)).help).toBe(false);
    }
  });

  it.each(COMMANDS)('$name has options with names and flags of their own', async ({ load }) => {
    const { options } = await load();
    const flags = Object.values(options).flatMap(({ flags }) => flags.match(/--?[a-z-]+/g) ?? []);
    expect(new Set(flags).size).toBe(flags.length);
    expect(Object.keys(options)).not.toContain('color');
  });
});
