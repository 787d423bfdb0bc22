import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { createEnvironment, terminalPreferences } from '../../runtime/index.ts';
import { usesColour } from './colour-choice.ts';
import { hearsHangUp } from './hang-up.ts';
import { listenToInterrupts } from './interrupts.ts';
import { createKeyboard, type InputStream } from './keyboard.ts';
import { createStreamScreen, type OutputStream } from './stream-screen.ts';
import { createStyle, PLAIN_STYLE } from './style.ts';

describe('usesColour', () => {
  const decide = (
    variables: Record<string, string>,
    isTerminal: boolean,
    flag?: 'auto' | 'always' | 'never',
  ) => usesColour(flag, terminalPreferences(createEnvironment(variables)), isTerminal);

  it.each([
    ['a terminal', {}, true, true],
    ['a pipe', {}, false, false],
    ['NO_COLOR on a terminal', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR on a terminal', { NO_COLOR: '' }, true, true],
    ['NO_COLOR and FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '3' }, true, false],
    ['FORCE_COLOR=1 in a pipe', { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=3 in a pipe', { FORCE_COLOR: '3' }, false, true],
    ['FORCE_COLOR=0 on a terminal', { FORCE_COLOR: '0' }, true, false],
    ['CLICOLOR_FORCE in a pipe', { CLICOLOR_FORCE: '1' }, false, true],
    ['CLICOLOR_FORCE=0 in a pipe', { CLICOLOR_FORCE: '0' }, false, false],
    ['a dumb terminal', { TERM: 'dumb' }, true, false],
    ['FORCE_COLOR on a dumb terminal', { TERM: 'dumb', FORCE_COLOR: '1' }, true, true],
  ])('decides for %s', (_, variables, isTerminal, colour) => {
    expect(decide(variables as Record<string, string>, isTerminal)).toBe(colour);
  });

  it('lets the flag win over everything', () => {
    expect(decide({ NO_COLOR: '1', TERM: 'dumb' }, false, 'always')).toBe(true);
    expect(decide({ FORCE_COLOR: '3' }, true, 'never')).toBe(false);
    expect(decide({ NO_COLOR: '1' }, true, 'auto')).toBe(false);
  });
});

describe('createStyle', () => {
  it('adds codes only where there is colour, and none around nothing', () => {
    expect(createStyle(false).red('x')).toBe('x');
    expect(createStyle(true).red('x')).toBe('\x1b[31mx\x1b[39m');
    expect(createStyle(true).red('')).toBe('');
  });
});

describe('listenToInterrupts', () => {
  function listen() {
    const source = new EventEmitter();
    const clock = new FakeClock();
    let thirds = 0;
    const interrupts = listenToInterrupts(source, clock, () => thirds++);
    return { source, clock, interrupts, thirds: () => thirds };
  }

  it('drains on the first signal, stops on the second, and calls for the end on the third', async () => {
    const { source, clock, interrupts, thirds } = listen();
    expect(interrupts.interrupted).toBe(false);
    source.emit('SIGINT');
    expect([interrupts.drain.aborted, interrupts.stop.aborted]).toEqual([true, false]);
    await clock.advance(1000);
    source.emit('SIGTERM');
    expect([interrupts.stop.aborted, thirds()]).toEqual([true, 0]);
    await clock.advance(1000);
    source.emit('SIGINT');
    expect(thirds()).toBe(1);
  });

  it('does not listen to SIGHUP where that means nothing', () => {
    const source = new EventEmitter();
    listenToInterrupts(source, new FakeClock(), () => {}, false);
    expect(source.eventNames()).toEqual(['SIGINT', 'SIGTERM']);
  });

  it('counts a signal that arrives several times at once as one', async () => {
    const { source, clock, interrupts } = listen();
    source.emit('SIGINT');
    await clock.advance(100);
    source.emit('SIGINT');
    source.emit('SIGINT');
    expect(interrupts.stop.aborted).toBe(false);
  });
});

describe('hearsHangUp', () => {
  const onTerminal = { onTerminal: true, startedAs: '/usr/bin/tutti', parentIgnores: false };

  it.each([
    ['on a terminal', {}, true],
    ['with no stream on a terminal, as nohup leaves it', { onTerminal: false }, false],
    ['with nohup in the variable _', { startedAs: '/usr/bin/nohup' }, false],
    ['below a shell that ignores it', { parentIgnores: true }, false],
    ['without the variable _', { startedAs: undefined }, true],
  ])('%s', (_, signs, hears) => {
    expect(hearsHangUp({ ...onTerminal, ...signs })).toBe(hears);
  });
});

describe('createStreamScreen', () => {
  class FakeStream extends EventEmitter {
    readonly isTTY?: boolean | undefined;
    readonly written: string[] = [];
    readonly callbacks: (() => void)[] = [];

    constructor(isTTY?: boolean) {
      super();
      this.isTTY = isTTY;
    }

    write(text: string, done: () => void): boolean {
      this.written.push(text);
      this.callbacks.push(done);
      return true;
    }
  }
  const open = (stream: FakeStream, mayRedraw = true) => {
    const broken: string[] = [];
    const screen = createStreamScreen(stream as unknown as OutputStream, {
      style: PLAIN_STYLE,
      mayRedraw,
      onBroken: (code) => broken.push(code),
    });
    return { screen, broken };
  };

  it('can redraw only on a terminal where it may', () => {
    expect(open(new FakeStream(true)).screen.canRedraw).toBe(true);
    expect(open(new FakeStream(true), false).screen.canRedraw).toBe(false);
    expect(open(new FakeStream()).screen.canRedraw).toBe(false);
  });

  it('is 80 x 24 where there is no terminal', () => {
    expect(open(new FakeStream()).screen.size()).toEqual({ columns: 80, rows: 24 });
  });

  it('flushes when every write is out', async () => {
    const stream = new FakeStream();
    const { screen } = open(stream);
    await screen.flush();
    screen.write('a');
    screen.write('b');
    let flushed = false;
    const flushing = screen.flush().then(() => {
      flushed = true;
    });
    stream.callbacks[0]!();
    await Promise.resolve();
    expect(flushed).toBe(false);
    stream.callbacks[1]!();
    await flushing;
  });

  it('tells once that it is broken, writes nothing more, and does not wait', async () => {
    const stream = new FakeStream();
    const { screen, broken } = open(stream);
    screen.write('a');
    stream.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    stream.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    screen.write('b');
    await screen.flush();
    expect(broken).toEqual(['EPIPE']);
    expect(stream.written).toEqual(['a']);
  });
});

describe('createKeyboard', () => {
  class FakeInput extends EventEmitter {
    readonly isTTY: boolean;
    raw = false;
    flowing = false;
    comesLater = false;
    readonly #chunks: (string | Uint8Array)[];

    constructor(isTTY: boolean, chunks: (string | Uint8Array)[] = []) {
      super();
      this.isTTY = isTTY;
      this.#chunks = chunks;
    }

    setRawMode(raw: boolean) {
      this.raw = raw;
    }

    resume() {
      this.flowing = true;
    }

    pause() {
      this.flowing = false;
    }

    async *[Symbol.asyncIterator]() {
      if (this.comesLater) await new Promise((resolve) => this.once('comes', resolve));
      yield* this.#chunks;
    }
  }
  const open = (stream: FakeInput) => {
    let shown = '';
    const keyboard = createKeyboard(stream as unknown as InputStream, {
      source: 'pipe',
      mayAsk: true,
      write: (text) => {
        shown += text;
      },
    });
    return { keyboard, shown: () => shown };
  };

  it('reads everything that is piped in, also characters that are cut in two', async () => {
    const bytes = Buffer.from('\ufeffé漢');
    const { keyboard } = open(new FakeInput(false, [bytes.subarray(0, 4), bytes.subarray(4)]));
    expect(await keyboard.readAll()).toBe('é漢');
    expect(keyboard.canAsk).toBe(false);
  });

  it.each([
    ['wait', 'text'],
    ['leave', ''],
  ] as const)('tells of a silence, and does as it is told: %s', async (order, expected) => {
    const stream = new FakeInput(false, ['te', 'xt']);
    stream.comesLater = true;
    const clock = new FakeClock();
    let silences = 0;
    const onSilence = () => {
      silences++;
      return order;
    };
    const text = open(stream).keyboard.readAll({ clock, afterMs: 1_000, onSilence });
    await clock.advance(999);
    expect(silences).toBe(0);
    await clock.advance(1);
    expect(silences).toBe(1);
    stream.emit('comes');
    expect(await text).toBe(expected);
  });

  it('is not told of a silence where something comes at once', async () => {
    const clock = new FakeClock();
    const onSilence = () => expect.fail('it was not silent');
    const { keyboard } = open(new FakeInput(false, ['text']));
    expect(await keyboard.readAll({ clock, afterMs: 1_000, onSilence })).toBe('text');
    expect(clock.pendingTimers).toBe(0);
  });

  it('shows nothing of a hidden line and ends raw mode after it', async () => {
    const stream = new FakeInput(true);
    const { keyboard, shown } = open(stream);
    const line = keyboard.askLine('Key: ', { hidden: true });
    expect(stream.raw).toBe(true);
    stream.emit('data', 'sk-secreT');
    stream.emit('data', '\x7ft\r');
    expect(await line).toBe('sk-secret');
    expect(shown()).toBe('Key: \n');
    expect([stream.raw, stream.flowing, stream.listenerCount('data')]).toEqual([false, false, 0]);
  });

  it('echoes a line that is not hidden', async () => {
    const stream = new FakeInput(true);
    const { keyboard, shown } = open(stream);
    const line = keyboard.askLine('Agree? ');
    stream.emit('data', 'yo\x7fes\n');
    expect(await line).toBe('yes');
    expect(shown()).toBe('Agree? yo\b \bes\n');
  });

  it('is interrupted by Ctrl-C and by Ctrl-D', async () => {
    for (const key of ['\x03', '\x04']) {
      const stream = new FakeInput(true);
      const line = open(stream).keyboard.askLine('Key: ');
      stream.emit('data', `abc${key}`);
      await expect(line).rejects.toMatchObject({ code: 'interrupted' });
      expect(stream.raw).toBe(false);
    }
  });
});
