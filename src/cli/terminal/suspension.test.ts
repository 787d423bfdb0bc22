import { expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeScreen } from '../../../test/support/fake-terminal.ts';
import { LiveView } from './live-view.ts';
import { pauseOnSuspend } from './suspension.ts';

it('shows the cursor before it stops, and draws anew when it goes on', () => {
  const written: string[] = [];
  const screen = new FakeScreen({ isTerminal: true });
  const write = screen.write.bind(screen);
  screen.write = (text) => {
    written.push(text);
    write(text);
  };
  const view = new LiveView({ screen, clock: new FakeClock(), render: () => ['one', 'two'] });
  const listeners = new Map<string, () => void>();
  pauseOnSuspend({
    pid: 7,
    on: (signal, listener) => listeners.set(signal, listener),
    kill: (pid, signal) => written.push(`${signal} ${pid}`),
  });
  listeners.get('SIGTSTP')!();
  expect(written.slice(-2)).toEqual(['\n\x1b[?25h', 'SIGSTOP 7']);
  listeners.get('SIGCONT')!();
  expect(written.at(-2)).toBe('\x1b[?25l');
  expect(screen.rows.slice(-4)).toEqual(['one', 'two', 'one', 'two']);
  view.close();
});
