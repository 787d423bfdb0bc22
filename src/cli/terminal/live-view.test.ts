import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeScreen } from '../../../test/support/fake-terminal.ts';
import { closeLiveViews, LiveView } from './live-view.ts';
import type { ScreenSize } from './screen.ts';

function open(frames: string[][], options: { size?: ScreenSize; ticking?: boolean } = {}) {
  const clock = new FakeClock();
  const screen = new FakeScreen({ isTerminal: true, ...(options.size && { size: options.size }) });
  screen.write('before\n');
  let drawn = 0;
  const view = new LiveView({
    screen,
    clock,
    ticking: options.ticking ?? false,
    render: () => frames[Math.min(drawn++, frames.length - 1)] ?? [],
  });
  return { clock, screen, view, drawn: () => drawn };
}

describe('LiveView', () => {
  it('draws each frame in the place of the one before', async () => {
    const { clock, screen, view } = open([['one', 'two', 'three'], ['1'], ['a', 'b']]);
    expect(screen.rows).toEqual(['before', 'one', 'two', 'three']);
    view.update();
    await clock.advance(100);
    expect(screen.rows).toEqual(['before', '1']);
    view.update();
    await clock.advance(100);
    expect(screen.rows).toEqual(['before', 'a', 'b']);
  });

  it('writes a frame at once, and at most ten a second', async () => {
    const { clock, screen, view } = open([['x']]);
    const before = screen.writes.length;
    for (let ms = 0; ms < 1000; ms++) {
      view.update();
      await clock.advance(1);
    }
    expect(screen.writes.length - before).toBe(10);
  });

  it('redraws by itself when it ticks, and leaves no timer behind', async () => {
    const { clock, view, drawn } = open([['x']], { ticking: true });
    await clock.advance(1000);
    expect(drawn()).toBe(11);
    view.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('cuts a frame to the screen, keeping its last line', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index} ${'x'.repeat(100)}`);
    const { screen } = open([lines], { size: { columns: 40, rows: 10 } });
    expect(screen.rows).toHaveLength(10);
    expect(screen.rows.at(-1)).toMatch(/^line 49 x+…$/);
    for (const row of screen.rows) expect(row.length).toBeLessThan(40);
  });

  it('is not shifted by the ^C that a terminal echoes', async () => {
    const frame = ['x'.repeat(39), 'y'.repeat(39)];
    const { clock, screen, view } = open([frame, ['z']], { size: { columns: 40, rows: 10 } });
    screen.write('^C');
    view.update();
    await clock.advance(100);
    expect(screen.rows).toEqual(['before', 'z']);
  });

  it('goes back over the rows that a narrower terminal has made of a line', async () => {
    const { clock, screen, view } = open([['x'.repeat(30), 'y'], ['z']], {
      size: { columns: 40, rows: 10 },
    });
    screen.resize({ columns: 20, rows: 10 });
    await clock.advance(100);
    // Two rows of x and one of y: two rows up.
    expect(screen.writes.at(-1)).toMatch(/^\r\x1b\[2A/);
    view.close();
  });

  it('hides the cursor while it is open and removes itself', () => {
    const { screen, view } = open([['one', 'two']]);
    expect(screen.cursorHidden).toBe(true);
    view.close();
    expect(screen.cursorHidden).toBe(false);
    expect(screen.rows).toEqual(['before', '']);
    const writes = screen.writes.length;
    view.close();
    view.update();
    expect(screen.writes.length).toBe(writes);
  });

  it('can leave its last frame and goes on below it', () => {
    const { screen, view } = open([['one'], ['last', 'frame']]);
    view.close({ keep: true });
    screen.write('after');
    expect(screen.rows).toEqual(['before', 'last', 'frame', 'after']);
  });

  it('prints lasting text above itself', () => {
    const { screen, view } = open([['one', 'two']]);
    view.printAbove('note\n');
    expect(screen.rows).toEqual(['before', 'note', 'one', 'two']);
  });

  it('gives the cursor back when the process ends', () => {
    const { screen } = open([['one']]);
    closeLiveViews();
    expect(screen.cursorHidden).toBe(false);
  });
});
