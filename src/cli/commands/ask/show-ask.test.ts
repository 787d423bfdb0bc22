import { describe, expect, it, test } from 'vitest';
import { createFakeCli, type FakeCliOptions, runWords } from '../../../../test/support/fake-cli.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { FakeScreen } from '../../../../test/support/fake-terminal.ts';
import { failedAnswer, someAnswer } from '../../../../test/support/some-answer.ts';
import type { AskListener, AskRequest, AskStart } from '../../../runtime/index.ts';
import { command } from './index.ts';

/** What is known before anything is sent. */
const startOf = (
  models: readonly string[],
  sources: Partial<AskStart['sources']> = {},
): AskStart => ({
  models,
  sources: { simulated: false, keys: [], addresses: [], ...sources },
  notices: [],
  status: null,
});

type Play = (listener: AskListener, clock: FakeClock, request: AskRequest) => Promise<void>;

/** Runs `tutti ask WORDS` against an engine that does as `play` says. */
async function ask(words: string[], play: Play, options: FakeCliOptions = {}) {
  const clock = new FakeClock();
  const requests: AskRequest[] = [];
  const cli = createFakeCli({
    clock,
    engine: {
      ask: (request, listener) => {
        requests.push(request);
        return play(listener, clock, request);
      },
    },
    ...options,
  });
  const code = await runWords(command, words, cli.context);
  return { ...cli, code, request: requests[0]! };
}

test('ask refuses before anything is asked where nobody can read the answers', async () => {
  const play = () => expect.fail('it was asked');
  const stdout = new FakeScreen({ isClosed: true });
  await expect(ask(['hi', '-m', 'a/1'], play, { stdout })).rejects.toMatchObject({
    code: 'bad_usage',
    message: expect.stringContaining('Standard output is closed'),
  });
});

const two: Play = async (listener, clock) => {
  listener.onStart?.(
    startOf(['a/one', 'b/two'], { keys: [{ variable: 'A_KEY', where: 'shell' }] }),
  );
  listener.onDelta?.(1, 0, 'Because ');
  await clock.advance(300);
  listener.onDelta?.(0, 0, 'It is ');
  await clock.advance(1000);
  listener.onAnswer?.(1, 0, someAnswer({}, { texts: ['Because of B.'], costUsd: null }));
  listener.onRecord?.(1, '{"model":"b/two"}');
  await clock.advance(1000);
  listener.onAnswer?.(0, 0, someAnswer({}, { texts: ['It is A.'] }));
  listener.onRecord?.(0, '{"model":"a/one"}');
};

const failing: Play = async (listener) => {
  listener.onStart?.(startOf(['a/one', 'b/two']));
  listener.onAnswer?.(0, 0, failedAnswer({}, { message: '401: no', hint: 'Look at A_KEY.' }));
  listener.onRecord?.(0, '{"model":"a/one"}');
  listener.onAnswer?.(1, 0, someAnswer({}, { texts: ['Because.'] }));
  listener.onRecord?.(1, '{"model":"b/two"}');
};

const terminal = () => ({
  stdout: new FakeScreen({ isTerminal: true, size: { columns: 100, rows: 30 } }),
  stderr: new FakeScreen({ isTerminal: true, size: { columns: 100, rows: 30 } }),
});

describe('tutti ask', () => {
  it('hands on what was asked', async () => {
    const words = ['why?', '-m', 'a/one', '-n', '2', '--param', 'top_p=1', '--timeout', '5s'];
    const { request } = await ask([...words, '--system', 'Be brief.'], two, {
      input: 'the text\n',
    });
    expect(request).toMatchObject({
      models: ['a/one'],
      prompt: 'why?\n\nthe text',
      system: 'Be brief.',
      parameters: { top_p: 1 },
      samples: 2,
      timeoutMs: 5000,
      attempts: undefined,
    });
  });

  it('prints whole answers in a pipe as they finish, and all else on standard error', async () => {
    const { stdout, stderr, code } = await ask(['why?'], two);
    expect(stdout.text).toBe('## b/two\nBecause of B.\n\n## a/one\nIt is A.\n\n');
    expect(stderr.text).toContain('keys: A_KEY (shell)');
    expect(stderr.text).toContain('together 2.3 s (one after the other 3.6 s)');
    expect(stderr.text).toContain('price unknown');
    expect(code).toBe(0);
  });

  it('prints one record a model under --json and nothing else on standard output', async () => {
    const { stdout, code } = await ask(['why?', '--json'], two);
    expect(stdout.text).toBe('{"model":"b/two"}\n{"model":"a/one"}\n');
    expect(code).toBe(0);
  });

  it('does not stream for --json, where nobody sees it', async () => {
    let streamed: unknown = 'not asked';
    await ask(['why?', '--json'], async (listener) => {
      streamed = listener.onDelta;
      listener.onStart?.(startOf([]));
    });
    expect(streamed).toBeUndefined();
  });

  it('shows the panels on a terminal while models answer, then the full answers in their place', async () => {
    const screens = terminal();
    let during: string[] = [];
    const { stdout, code } = await ask(
      ['why?'],
      async (listener, clock, request) => {
        await two(
          {
            ...listener,
            onAnswer: (model, sample, answer) => {
              if (model === 1) during = screens.stdout.rows;
              listener.onAnswer?.(model, sample, answer);
            },
          },
          clock,
          request,
        );
      },
      screens,
    );
    expect(during.join('\n')).toContain('Because ');
    expect(during.join('\n')).toContain('┌ b/two');
    expect(stdout.rows.join('\n')).toBe('## a/one\nIt is A.\n\n## b/two\nBecause of B.\n\n');
    expect(stdout.cursorHidden).toBe(false);
    expect(code).toBe(0);
  });

  it('moves no cursor where nothing may be redrawn', async () => {
    const stdout = new FakeScreen({ isTerminal: true, canRedraw: false });
    await ask(['why?'], two, { stdout });
    expect(stdout.text).not.toContain('\x1b');
  });

  it('shows one failure with its hint beside the other answer, exit 1', async () => {
    for (const screens of [{}, terminal()]) {
      const { stdout, stderr, code } = await ask(['why?'], failing, screens);
      expect(stderr.text).toContain('a/one: 401: no\n  Look at A_KEY.\n');
      expect(stdout.text).toContain('## b/two\nBecause.\n');
      expect(stdout.text).not.toContain('## a/one');
      expect(code).toBe(1);
    }
  });

  it('tells errors but no figures when quiet', async () => {
    const { stderr } = await ask(['why?', '--quiet'], failing);
    expect(stderr.text).toBe('a/one: 401: no\n  Look at A_KEY.\n');
  });

  it('waits for all samples of a model', async () => {
    const stdout = new FakeScreen();
    const play: Play = async (listener) => {
      listener.onStart?.(startOf(['a/one']));
      listener.onAnswer?.(0, 1, someAnswer({}, { texts: ['second'] }));
      expect(stdout.text).toBe('');
      listener.onAnswer?.(0, 0, someAnswer({}, { texts: ['first'] }));
      listener.onRecord?.(0, '{}');
    };
    await ask(['why?', '-n', '2'], play, { stdout });
    expect(stdout.text).toBe('## a/one\n### 1\nfirst\n\n### 2\nsecond\n\n');
  });

  it('shows the samples that came when another one failed, once', async () => {
    const { stdout, stderr, code } = await ask(['why?', '-n', '3'], async (listener) => {
      listener.onStart?.(startOf(['a/one']));
      listener.onAnswer?.(0, 1, failedAnswer({}, { message: '500: no' }));
      listener.onAnswer?.(0, 0, someAnswer({}, { texts: ['first'] }));
      listener.onAnswer?.(0, 2, someAnswer({}, { texts: ['third'] }));
      listener.onRecord?.(0, '{}');
    });
    expect(stdout.text).toBe('## a/one\n### 1\nfirst\n\n### 2\nthird\n\n');
    expect(stderr.text).toMatch(/^a\/one: 500: no\n/);
    expect(code).toBe(1);
  });

  it('gives 130 and shows what was there when it is interrupted', async () => {
    const cli = createFakeCli({
      engine: {
        ask: async (request, listener) => {
          listener.onStart?.(startOf(['a/one', 'b/two']));
          listener.onAnswer?.(0, 0, someAnswer({}, { texts: ['It is A.'] }));
          cli.interrupt();
          expect(request.signal?.aborted).toBe(true);
        },
      },
    });
    const code = await runWords(command, ['why?'], cli.context);
    expect(code).toBe(130);
    expect(cli.stdout.text).toBe('## a/one\nIt is A.\n\n');
    expect(cli.stderr.text).toMatch(/^b\/two: stopped before it had answered$/m);
  });

  it('keeps on a terminal what was streamed of an answer that was interrupted', async () => {
    const play: Play = async (listener) => {
      listener.onStart?.(startOf(['a/one']));
      listener.onDelta?.(0, 0, 'Because the');
    };
    const { stdout } = await ask(['why?'], play, terminal());
    expect(stdout.rows.join('\n')).toContain('## a/one\nBecause the\n[cut short]');
  });

  it('cleans answers, names and errors of control characters in a pipe too', async () => {
    const { stdout, stderr } = await ask(['why?'], async (listener) => {
      listener.onStart?.(startOf(['a/\x1b[2Jone', 'b/two']));
      listener.onAnswer?.(0, 0, someAnswer({}, { texts: ['x\x1b]0;title\x07y'] }));
      listener.onRecord?.(0, '{}');
      listener.onAnswer?.(1, 0, failedAnswer({}, { message: 'no\x1b[31m' }));
      listener.onRecord?.(1, '{}');
    });
    expect(stdout.text + stderr.text).not.toMatch(/[\x1b\x07]/);
    expect(stdout.text).toContain('x\\x1b]0;title\\x07y');
  });
});
