import { describe, expect, it } from 'vitest';
import { TuttiError } from '../../core/tutti-error.ts';
import { command as ask } from '../commands/ask/index.ts';
import { command as exporting } from '../commands/export/index.ts';
import { command as keys } from '../commands/keys/index.ts';
import { command as run } from '../commands/run/index.ts';
import { COMMANDS } from '../commands.generated.ts';
import { chooseCommand, isGroup } from './choose-command.ts';
import type { Command, CommandGroup } from './command.ts';
import { parseCommand } from './parse-command.ts';

/** Reads words as the program does: of a group, the first one names the command. */
const read = (command: Command | CommandGroup, given: string[]) => {
  const chosen = chooseCommand(command, given);
  return parseCommand(chosen.command as Command, chosen.words);
};

const parse = (command: Command | CommandGroup, words: string[]) => {
  const parsed = read(command, words);
  if (parsed.help) throw new Error('help was asked for');
  return parsed.input;
};

const refusal = (command: Command | CommandGroup, words: string[]): TuttiError => {
  try {
    read(command, words);
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
    const parsed = parseCommand(run, ['x', '--color', 'never', '--debug']);
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
    expect(refusal(exporting, []).message).toBe('tutti export needs SOURCE.');
    expect(refusal(keys, ['set', 'openai', 'sk-0123'])).toMatchObject({
      message: expect.not.stringContaining('sk-'),
      hint: expect.stringContaining('typed or piped in'),
    });
    expect(refusal(keys, []).message).toBe('tutti keys needs a command: set, list, remove.');
  });

  it.each([
    ['-or', '-o r'],
    ['-oout/dir', '-o out/dir'],
    ['-qor', '-o r'],
  ])('refuses %s and names the right form', (word, right) => {
    expect(refusal(run, ['x', word])).toMatchObject({
      message: `${word} is no option: -o takes its value after a space or "=".`,
      hint: `Did you mean ${right}?`,
    });
  });

  it('names a glued count, and a flag of another tool, as they were written', () => {
    expect(refusal(ask, ['x', '-n5']).hint).toBe('Did you mean -n 5?');
    expect(refusal(exporting, ['x', '-mq', '50']).message).toBe('Option "-mq" is not known.');
    expect(refusal(ask, ['x', '-mq', '50']).hint).toBe('Did you mean -m q?');
  });

  it('takes the value of a short option after a space or "=", also a negative one', () => {
    expect(parse(run, ['x', '-o', 'r']).options.out).toBe('r');
    expect(parse(run, ['x', '-o=r']).options.out).toBe('r');
    expect(parse(run, ['x', '-q', '-o', '-r']).options).toMatchObject({ quiet: true, out: '-r' });
    expect(parse(run, ['x', '--out=--json']).options.out).toBe('--json');
  });

  it('takes no option for a value, and no value for a switch', () => {
    expect(refusal(run, ['x', '--out', '--json'])).toMatchObject({
      message: '-o, --out needs a value; --json is an option.',
      hint: 'If it is the value: --out=--json',
    });
    for (const word of ['-h', '--help']) {
      expect(refusal(ask, ['hi', '--system', word]).message).toContain(`${word} is an option`);
    }
    expect(refusal(run, ['x', '--json=yes']).message).toBe('--json takes no value.');
  });

  it('takes the last of two numbers, and names that an object has by itself are not known', () => {
    expect(parse(run, ['x', '--rpm', '1', '--rpm', '2']).options.requestsPerMinute).toBe(2);
    for (const word of ['--__proto__', '--constructor=x', '--toString']) {
      expect(refusal(run, ['x', word]).message).toContain('is not known');
    }
  });

  it('asks for quotes when a prompt falls apart into words', () => {
    expect(refusal(ask, ['why', 'is', 'it'])).toMatchObject({
      message: 'Too many arguments for tutti ask, from "is" on.',
      hint: expect.stringContaining('quotes'),
    });
  });

  it.each([
    ['\u2014model', '--model'],
    ['\u2013m', '-m'],
    ['\u2212-model=a/b', '--model=a/b'],
  ])('refuses %s, whose dash is no hyphen', (word, right) => {
    for (const words of [['x', word], [word]]) {
      expect(refusal(ask, words).hint).toContain(`Did you mean ${right}?`);
    }
    expect(parse(ask, ['--', word]).arguments).toEqual([word]);
  });

  it('takes a text that begins with a dash', () => {
    for (const text of ['\u2014 and then?', '\u2014nothing', '\u22125']) {
      expect(parse(ask, [text]).arguments).toEqual([text]);
    }
  });

  it('takes no letter for another, and says how to write a word that begins with a hyphen', () => {
    expect(refusal(ask, ['-M', 'x']).hint).toBe('Did you mean -m?');
    expect(refusal(ask, ['-z']).hint).toBe(
      'See: tutti ask --help; before a word that begins with "-": --',
    );
  });

  it.each([
    '-5 + 3',
    '-5',
    '- one item',
    '-\n',
    '---',
    '--- a: b',
    '--\nfront',
    '--find me',
    '-.5',
  ])('takes %j for a word: no option is called so', (word) => {
    expect(parse(ask, [word, '-q', '-m', 'a/b'])).toMatchObject({
      arguments: [word],
      options: { quiet: true, models: ['a/b'] },
    });
    expect(parse(ask, ['hi', '--system', word]).options.system).toBe(word);
  });

  it.each([
    ['--model a/b', '--model'],
    ['-q x', '-q'],
    ['-m a/b', '-m'],
    ['--json\n', '--json'],
  ])('refuses %j, an option within quotes', (word, option) => {
    expect(refusal(ask, ['hi', word]).message).toContain(`begins with ${option}`);
    expect(refusal(ask, [word]).hint).toBe('Take its quotes away; if it is a text: -- before it.');
    expect(parse(ask, ['--', word]).arguments).toEqual([word]);
    expect(parse(ask, ['hi', '--system', word]).options.system).toBe(word);
  });

  it('says that behind -- nothing is an option', () => {
    expect(refusal(ask, ['--', '-5', '-m', 'a/b'])).toMatchObject({
      hint: 'Behind -- nothing is an option: write options before it.',
    });
  });

  it('answers a negation that there is not with what there is, not with its contrary', () => {
    expect(refusal(ask, ['hi', '--no-quiet']).hint).toBe(
      'Leave --quiet out: it is off unless given.',
    );
    expect(refusal(ask, ['hi', '--no-color']).hint).toBe(
      'There is: --color WHEN  (Colour: auto, always or never; wins over NO_COLOR and FORCE_COLOR)',
    );
    expect(refusal(ask, ['hi', '--no-strem']).hint).toBe('Did you mean --no-stream?');
  });

  it('answers the beginning of an option with the options that begin so', () => {
    expect(refusal(ask, ['hi', '--time', '5']).hint).toBe('Did you mean --timeout?');
    expect(refusal(ask, ['hi', '--samp', '5']).hint).toBe('Did you mean --samples?');
    expect(refusal(ask, ['hi', '--st']).hint).toBe('Did you mean --stdin or --stream?');
    expect(refusal(keys, ['rem', 'openai']).hint).toBe('Did you mean remove?');
  });

  it('refuses a second file or text where the first would be lost', () => {
    expect(refusal(ask, ['--file', 'a.txt', '--file', 'b.txt'])).toMatchObject({
      message: '--file is there twice, and takes one value.',
    });
    expect(refusal(ask, ['hi', '--system', 'a', '--system=b']).message).toContain(
      '--system is there',
    );
    expect(parse(ask, ['--file', 'a.txt', '--file', 'a.txt']).options.file).toBe('a.txt');
    expect(parse(ask, ['hi', '--stream', '--no-stream']).options.stream).toBe(false);
  });

  it('reads a word of megabytes as quickly as a short one, and a value of them whole', () => {
    const started = performance.now();
    const long = 'x'.repeat(2_000_000);
    expect(refusal(ask, [`-${long}`]).message).toMatch(/^Option "-x+…" is not known/);
    expect(parse(ask, ['hi', '--system', `-${long}`]).options.system).toBe(`-${long}`);
    expect(parse(ask, ['hi', `-m=${long}`]).options.models).toEqual([long]);
    expect(parse(ask, ['hi', '-m', `-${long}`]).options.models).toEqual([`-${long}`]);
    expect(parse(ask, ['--', `-${long}`]).arguments).toEqual([`-${long}`]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('shows no word that may be a key', () => {
    const key = 'sk-0123456789abcdef';
    for (const words of [[key], ['set', 'openai', key], ['remove', 'openai', key]]) {
      const { message, hint } = refusal(keys, words);
      expect(`${message} ${hint}`).not.toContain(key);
    }
  });

  it('refuses an empty word, which an unset variable leaves', () => {
    expect(refusal(run, ['']).message).toBe('FILE is empty.');
    expect(refusal(ask, ['', '-m', 'a/b']).message).toBe('PROMPT is empty.');
  });

  it('names the spelling that takes no value, and turns off what settings have turned on', () => {
    expect(refusal(run, ['x', '--stream=false']).message).toBe('--stream takes no value.');
    expect(parse(run, ['x', '--no-keep-raw']).options.keepRaw).toBe(false);
  });

  it('sends whoever wants the version of a command to that of the program', () => {
    for (const word of ['--version', '-V', '-v']) {
      expect(refusal(run, ['x', word]).hint).toBe('See: tutti --version');
    }
  });

  it('names the nearest of a few words', () => {
    expect(refusal(keys, ['lst'])).toMatchObject({
      message: 'Command "lst" is not known.',
      hint: 'Did you mean list?',
    });
  });

  it('shows control characters of a wrong word as escapes', () => {
    expect(refusal(ask, ['--mo\x1b[2Jdel']).message).not.toContain('\x1b');
  });

  it('knows when only the help is wanted', () => {
    expect(parseCommand(run, ['--help'])).toEqual({ help: true });
    expect(parseCommand(run, ['x', '-h'])).toEqual({ help: true });
    expect(parseCommand(run, ['x', '--bogus', '--rpm', 'x', '-h'])).toEqual({ help: true });
    expect(parse(ask, ['--', '--help']).arguments).toEqual(['--help']);
    expect(chooseCommand(keys, ['help'])).toMatchObject({ command: { name: 'keys' } });
  });
});

const leavesOf = (command: Command | CommandGroup) =>
  isGroup(command) ? command.commands : [command];

describe('every command', () => {
  it.each(COMMANDS)('$name has examples that its own parser takes', async ({ name, load }) => {
    const command = await load();
    expect(command.name).toBe(name);
    for (const { line } of leavesOf(command).flatMap(({ examples }) => examples)) {
      const call = line.slice(line.indexOf('tutti ')).replace(/ [<>] .*/, '');
      const words = [...call.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double ?? single ?? bare!,
      );
      expect(words.slice(0, 2)).toEqual(['tutti', name]);
      expect(read(command, words.slice(2)).help).toBe(false);
    }
  });

  it.each(COMMANDS)('$name has options with names and flags of their own', async ({ load }) => {
    for (const { options } of leavesOf(await load())) {
      const flags = Object.values(options).flatMap(({ flags }) => flags.match(/--?[a-z-]+/g) ?? []);
      expect(new Set(flags).size).toBe(flags.length);
      expect(Object.keys(options)).not.toContain('color');
    }
  });
});
