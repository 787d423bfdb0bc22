import { describe, expect, it } from 'vitest';
import { createFakeCli } from '../../test/support/fake-cli.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { Command, CommandEntry } from './command-line/command.ts';
import { switchOption } from './command-line/option.ts';
import { runCli } from './run-cli.ts';

function cli(run: Command['run'] = async () => 0) {
  const command: Command = {
    name: 'paint',
    summary: 'paint a wall',
    description: 'Paints a wall.',
    arguments: [{ name: 'WALL', description: 'Which one', required: false }],
    options: { twice: switchOption('--twice', 'Paint two layers') },
    examples: [
      { line: 'tutti paint', does: 'Paint' },
      { line: 'tutti paint --twice', does: 'Paint twice' },
    ],
    run,
  };
  const loaded: string[] = [];
  const commands: CommandEntry[] = [
    {
      name: 'paint',
      summary: 'paint a wall',
      load: async () => {
        loaded.push('paint');
        return command;
      },
    },
  ];
  let stdout = '';
  let stderr = '';
  let closed = 0;
  const host = {
    answer: (text: string) => {
      stdout += text;
    },
    tell: (text: string) => {
      stderr += text;
    },
    helpWidth: () => 40,
    version: () => '1.2.3',
    openContext: async () => ({ ...createFakeCli().context, close: () => closed++ }),
  };
  return {
    call: (...words: string[]) => runCli(words, host, commands),
    result: () => ({ stdout, stderr }),
    loaded,
    closed: () => closed,
  };
}

describe('runCli', () => {
  it('shows all commands for --help, help and nothing, and loads none of them', async () => {
    const { call, result, loaded } = cli();
    expect(await call('--help')).toBe(0);
    const once = result().stdout;
    for (const words of [['help'], ['help', 'help'], ['help', '--help'], []]) {
      expect(await call(...words)).toBe(0);
    }
    expect(result().stdout).toBe(once.repeat(5));
    expect(result().stdout).toContain('paint  paint a wall');
    expect(loaded).toEqual([]);
  });

  it('shows the help of one command, also as `help paint`', async () => {
    const { call, result } = cli(async () => Promise.reject(new Error('it ran')));
    expect(await call('paint', '--help')).toBe(0);
    expect(await call('help', 'paint')).toBe(0);
    expect(result().stdout).toContain('Usage: tutti paint [WALL] [OPTIONS]');
    expect(result().stdout).toContain('--twice');
    expect(result().stdout).toContain('  Paint twice:\n    tutti paint --twice');
    expect(result().stderr).toBe('');
  });

  it('shows the version', async () => {
    const { call, result } = cli();
    expect(await call('--version')).toBe(0);
    expect(result().stdout).toBe('1.2.3\n');
  });

  it('answers an unknown command with the nearest one, exit 2', async () => {
    const { call, result } = cli();
    expect(await call('piant')).toBe(2);
    expect(result()).toEqual({
      stdout: '',
      stderr: 'tutti: Command "piant" is not known.\n  Did you mean paint?\n',
    });
  });

  it('says that options come after the command', async () => {
    const { call, result } = cli();
    expect(await call('--json', 'paint')).toBe(2);
    expect(result().stderr).toContain('The command comes first');
  });

  it('gives the exit code of the command and closes the context', async () => {
    const { call, closed } = cli(async () => 1);
    expect(await call('paint')).toBe(1);
    expect(closed()).toBe(1);
  });

  it('tells message and hint of an error without a stack trace, exit 2', async () => {
    const failing = cli(async () => {
      throw new TuttiError('bad_input', 'a.jsonl:3: no\nb.jsonl:4: no', { hint: 'Look at it.' });
    });
    expect(await failing.call('paint')).toBe(2);
    expect(failing.result().stderr).toBe('tutti: a.jsonl:3: no\n  b.jsonl:4: no\n  Look at it.\n');
    expect(failing.closed()).toBe(1);
  });

  it('gives 130 for an interruption', async () => {
    const { call } = cli(async () => {
      throw new TuttiError('interrupted', 'It was interrupted.');
    });
    expect(await call('paint')).toBe(130);
  });

  it('calls an unexpected error a defect, on one line, and shows where only under --debug', async () => {
    const broken = async () => {
      throw new TypeError('x is\nnot a \x1b[31mfunction');
    };
    const quiet = cli(broken);
    expect(await quiet.call('paint')).toBe(2);
    expect(quiet.result().stderr).toBe(
      'tutti: Internal error: x is not a \\x1b[31mfunction\n  It is a fault of tutti, not yours. --debug shows where.\n',
    );
    const loud = cli(broken);
    await loud.call('paint', '--debug');
    expect(loud.result().stderr).toContain('run-cli.test.ts');
    expect(loud.result().stderr).not.toContain('\x1b');
  });
});
