import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeCli, type FakeCliOptions, runWords } from '../../test/support/fake-cli.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { openEngine } from '../runtime/index.ts';
import type { Command, CommandGroup } from './command-line/command.ts';
import { command as check } from './commands/check/index.ts';
import { command as keys } from './commands/keys/index.ts';
import { command as models } from './commands/models/index.ts';
import { command as sim } from './commands/sim/index.ts';
import { command as trust } from './commands/trust/index.ts';

const SECRET = 'sk-test-0123456789-abcdefghijklmn9f2';

let home = '';
let project = '';

beforeEach(() => {
  const folder = temporaryFolder();
  home = join(folder, 'home');
  project = join(folder, 'project');
  mkdirSync(project);
});

/** A command on the real settings of a home of its own. */
async function call(
  command: Command | CommandGroup,
  words: string[],
  options: FakeCliOptions = {},
) {
  const cli = createFakeCli({
    ...options,
    workingFolder: project,
    variables: { TUTTI_HOME: home, ...options.variables },
  });
  const context = {
    ...cli.context,
    openEngine: async (given: Parameters<typeof openEngine>[0]) => openEngine(given),
  };
  const done = runWords(command, words, context);
  return { ...cli, context, code: await done };
}

const keysFile = () => readFileSync(join(home, 'keys'), 'utf8');

describe('tutti keys', () => {
  it('keeps a key that is typed, hidden, and readable by its user only', async () => {
    const { questions, stdout, stderr, code } = await call(keys, ['set', 'openai'], {
      typed: [SECRET],
    });
    expect(questions).toEqual([
      { question: 'Key for OPENAI_API_KEY (it is not shown): ', hidden: true },
    ]);
    expect(keysFile()).toContain(`OPENAI_API_KEY=${SECRET}\n`);
    expect(statSync(join(home, 'keys')).mode & 0o777).toBe(0o600);
    expect(stdout.text + stderr.text).not.toContain(SECRET);
    expect(code).toBe(0);
  });

  it('keeps a key that is piped in', async () => {
    await call(keys, ['set', 'ANTHROPIC_API_KEY'], { input: `${SECRET}\n` });
    expect(keysFile()).toContain(`ANTHROPIC_API_KEY=${SECRET}\n`);
  });

  it('says that it waits for a key that is long in coming', async () => {
    const input = { input: SECRET, isSilent: true };
    const { stderr } = await call(keys, ['set', 'ANTHROPIC_API_KEY'], input);
    expect(stderr.text).toContain('waiting for the key, from standard input');
    expect(keysFile()).toContain(SECRET);
  });

  it('takes no key as an argument', async () => {
    await expect(call(keys, ['set', 'openai', SECRET], { input: '' })).rejects.toMatchObject({
      code: 'bad_usage',
    });
  });

  it('wants a name and a key, and names the nearest provider', async () => {
    await expect(call(keys, ['set'])).rejects.toMatchObject({ code: 'bad_usage' });
    await expect(call(keys, ['set', 'openai'], { input: ' \n' })).rejects.toMatchObject({
      message: 'No key was given.',
    });
    await expect(call(keys, ['set', 'openia'], { input: SECRET })).rejects.toMatchObject({
      hint: expect.stringContaining('openai'),
    });
  });

  it('lists where keys were found and shows no more than three characters of one', async () => {
    await call(keys, ['set', 'openai'], { input: SECRET });
    const variables = { GROQ_API_KEY: `gsk-${'x'.repeat(30)}abc` };
    const { stdout } = await call(keys, ['list'], { variables });
    expect(stdout.text).toMatch(/OPENAI_API_KEY +\.\.\.9f2 +.*keys:\d/);
    expect(stdout.text).toMatch(/GROQ_API_KEY +\.\.\.abc +shell/);
    expect(stdout.text).not.toContain('n9f2');
    const json = await call(keys, ['list', '--json'], { variables });
    expect(JSON.parse(json.stdout.text)).toHaveLength(2);
    expect(json.stdout.text).not.toContain('n9f2');
  });

  it('removes a key, and says when there was none', async () => {
    await call(keys, ['set', 'openai'], { input: SECRET });
    expect((await call(keys, ['remove', 'openai'])).code).toBe(0);
    expect(keysFile()).not.toContain('OPENAI');
    expect((await call(keys, ['remove', 'openai'])).code).toBe(1);
  });
});

describe('tutti trust', () => {
  const writeProject = () => writeFileSync(join(project, '.env'), 'OPENAI_API_KEY=abc\n');

  it('has nothing to agree to in an empty folder', async () => {
    expect((await call(trust, [])).stderr.text).toBe('There is nothing to agree to.\n');
  });

  it('shows what would change, asks, and keeps the agreement', async () => {
    writeProject();
    const { stderr, code } = await call(trust, [], { typed: ['y'] });
    expect(stderr.text).toContain('OPENAI_API_KEY');
    expect(stderr.text).not.toContain('abc');
    expect(code).toBe(0);
    expect((await call(trust, [])).stderr.text).toBe('You have agreed already.\n');
  });

  it('keeps nothing when the answer is no, exit 1', async () => {
    writeProject();
    expect((await call(trust, [], { typed: [''] })).code).toBe(1);
    expect((await call(trust, [], { typed: ['no'] })).code).toBe(1);
  });

  it('does not wait for an answer where nobody can be asked', async () => {
    writeProject();
    await expect(call(trust, [])).rejects.toMatchObject({
      hint: 'If you agree: tutti trust --yes',
    });
    expect((await call(trust, ['--yes'])).code).toBe(0);
  });
});

describe('tutti models', () => {
  it('lists what is ready and what is looked for, without any key', async () => {
    const { stdout, code } = await call(models, [], { variables: { OPENAI_API_KEY: SECRET } });
    expect(stdout.text).toMatch(
      /Ready\n.*\n openai +OPENAI_API_KEY \(shell\) +https:\/\/api\.openai\.com/,
    );
    expect(stdout.text).toMatch(/Not set up\n(.*\n)* groq +GROQ_API_KEY/);
    expect(stdout.text).toContain('sim/quick');
    expect(stdout.text).not.toContain(SECRET);
    expect(code).toBe(0);
  });

  it('prints one JSON document under --json', async () => {
    const { stdout } = await call(models, ['--json'], { variables: { OPENAI_API_KEY: SECRET } });
    const list = JSON.parse(stdout.text);
    expect(Object.keys(list)).toEqual([
      'providers',
      'aliases',
      'consortiums',
      'models',
      'simulated',
    ]);
    expect(stdout.text).not.toContain('n9f2');
  });

  it('refuses the settings of a folder that nobody has agreed to', async () => {
    writeFileSync(join(project, 'tutti.yaml'), 'aliases:\n  fast: groq/llama\n');
    await expect(call(models, [])).rejects.toMatchObject({ code: 'untrusted_settings' });
    const asked = await call(models, [], { typed: ['yes'] });
    expect(asked.stderr.text).toContain('tutti.yaml');
    expect(asked.stdout.text).toContain('fast');
  });

  it('tests models and exits 1 when one does not answer', async () => {
    const cli = createFakeCli({
      engine: {
        testModels: async (given, { onTested }) => {
          expect(given.models).toEqual(['a/one', 'b/two']);
          onTested({ model: 'a/one', answer: someAnswer() });
          onTested({
            model: 'b/two',
            answer: failedAnswer({}, { message: '401: no', hint: 'Look.' }),
          });
        },
      },
    });
    expect(await runWords(models, ['test', 'a/one', 'b/two'], cli.context)).toBe(1);
    expect(cli.stdout.text).toContain('ok      a/one');
    expect(cli.stdout.text).toContain('failed  b/two   401: no\n        Look.\n');
  });
});

describe('tutti check', () => {
  const problem = { severity: 'error', line: 3, column: 7, message: 'no "x"', hint: null } as const;
  const withProblems = (problems: object[]) =>
    createFakeCli({
      engine: {
        check: async ([file = '']) => [
          { file, readable: true, rows: 2, problems: problems as never, total: problems.length },
        ],
      },
    });

  it('lists every problem with its place, exit 1', async () => {
    const { context, stdout } = withProblems([
      problem,
      { ...problem, line: null, severity: 'warning' },
    ]);
    expect(await runWords(check, ['a.jsonl'], context)).toBe(1);
    expect(stdout.text).toBe(
      'a.jsonl:3:7: no "x"\na.jsonl: no "x" [warning]\na.jsonl: 2 good rows, 2 to look at\n',
    );
  });

  it('gives each file of a folder that cannot be read a line', async () => {
    const message = 'p/a.txt is empty\np/b.txt is no file';
    const problems = [{ ...problem, line: null, column: null, message }];
    const { context, stdout } = createFakeCli({
      engine: {
        check: async () => [{ file: 'p/', readable: false, rows: 0, problems, total: 1 }],
      },
    });
    expect(await runWords(check, ['--prompts', 'p'], context)).toBe(2);
    expect(stdout.text).toBe(`${message}\n`);
  });

  it('exits 0 when there are only warnings, or nothing', async () => {
    const warned = withProblems([{ ...problem, severity: 'warning' }]);
    expect(await runWords(check, ['a.jsonl'], warned.context)).toBe(0);
    const clean = withProblems([]);
    expect(await runWords(check, ['a.jsonl'], clean.context)).toBe(0);
    expect(clean.stdout.text).toBe('a.jsonl: 2 good rows, nothing is wrong\n');
  });

  it('prints one JSON object for each file under --json', async () => {
    const { context, stdout } = withProblems([problem]);
    await runWords(check, ['a.jsonl', '--json'], context);
    expect(JSON.parse(stdout.text)).toMatchObject({ file: 'a.jsonl', problems: [problem] });
  });
});

describe('tutti sim', () => {
  it('serves until it is interrupted, with the faults that were asked for', async () => {
    const log = join(project, 'requests.jsonl');
    const cli = createFakeCli({ workingFolder: project });
    const words = ['--port', '0', '--json', '--fault', '500@first1', '--log', 'requests.jsonl'];
    const done = runWords(sim, words, cli.context);
    await expect.poll(() => cli.stdout.text).toContain('\n');
    const { openai, url, port } = JSON.parse(cli.stdout.text);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const post = () =>
      fetch(`${openai}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content: 'Hello' }] }),
      });
    expect([(await post()).status, (await post()).status]).toEqual([500, 200]);
    cli.interrupt();
    expect(await done).toBe(0);
    expect(cli.stderr.text).toBe('');
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(2);
    await expect(post()).rejects.toThrow();
  });

  it('says how to use it', async () => {
    const cli = createFakeCli();
    const done = runWords(sim, ['--port', '0', '--model', 'test-1'], cli.context);
    await expect.poll(() => cli.stdout.text).toContain('SIMULATED');
    cli.interrupt();
    await done;
    expect(cli.stdout.text).toMatch(/-m "http:\/\/127\.0\.0\.1:\d+\/v1#test-1"/);
    expect(cli.stdout.text).toMatch(
      /export OPENAI_BASE_URL=http:\/\/127\.0\.0\.1:\d+\/v1 OPENAI_API_KEY=any/,
    );
  });

  it('prints questions as rows, with what is right', async () => {
    const { context, stdout } = createFakeCli();
    const words = ['questions', '--n', '1200', '--kind', 'number', '--seed', '3'];
    expect(await runWords(sim, words, context)).toBe(0);
    const rows = stdout.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(1200);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['id', 'prompt', 'expected_response']);
      const [, left, right] = /^What is (\d+) \+ (\d+)\?/.exec(row.prompt)!;
      expect(row.expected_response).toBe(String(Number(left) + Number(right)));
    }
  });

  it('refuses a kind of questions that it does not know', async () => {
    const { context } = createFakeCli();
    await expect(runWords(sim, ['questions', '--kind', 'choise'], context)).rejects.toMatchObject({
      code: 'bad_usage',
    });
  });

  it('refuses a fault that it does not know, and names the nearest', async () => {
    const { context } = createFakeCli();
    await expect(
      runWords(sim, ['--port', '0', '--fault', 'rest=2%'], context),
    ).rejects.toMatchObject({
      code: 'bad_usage',
      hint: expect.stringContaining('reset'),
    });
  });
});
