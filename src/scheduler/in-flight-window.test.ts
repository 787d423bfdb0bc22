import { describe, expect, it } from 'vitest';
import { InFlightWindow, SLOW_START } from './in-flight-window.ts';

/** The most calls that may be in flight. */
function sizeOf(window: InFlightWindow): number {
  for (let inFlight = 0; inFlight < 10_000; inFlight++) {
    if (!window.allows(inFlight)) return inFlight;
  }
  return Number.POSITIVE_INFINITY;
}

describe('a window whose size was set', () => {
  it('holds nothing back before the first word against it', () => {
    const window = new InFlightWindow();
    expect(sizeOf(window)).toBe(Number.POSITIVE_INFINITY);
    for (let k = 0; k < 10; k++) window.noteAnswered(500);
    expect(sizeOf(window)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a window whose size nobody set', () => {
  it('starts with 8, opens by one for each answer while it is used, and ends at 64', () => {
    const window = new InFlightWindow(SLOW_START);
    expect(sizeOf(window)).toBe(8);
    window.noteAnswered(3);
    expect(sizeOf(window)).toBe(8);
    for (let k = 0; k < 10; k++) window.noteAnswered(sizeOf(window));
    expect(sizeOf(window)).toBe(18);
    for (let k = 0; k < 60; k++) window.noteAnswered(sizeOf(window));
    expect(sizeOf(window)).toBe(Number.POSITIVE_INFINITY);
  });

  it('doubles after each second in which it held something back and nothing failed', () => {
    const window = new InFlightWindow(SLOW_START);
    expect(window.opensAtMs(500)).toBe(1_500);
    expect(window.opensAtMs(1_400)).toBe(1_500);
    window.opensAtMs(1_500);
    expect(sizeOf(window)).toBe(16);
    window.opensAtMs(1_600);
    window.noteFailure();
    expect(window.opensAtMs(2_600)).toBe(3_600);
    expect(sizeOf(window)).toBe(16);
  });
});

describe('a window after a refusal', () => {
  it('is cut once for each episode, later by less, and always allows one', () => {
    const window = new InFlightWindow();
    window.noteTooFast(64);
    expect(sizeOf(window)).toBe(32);
    for (let k = 0; k < 80; k++) window.noteAnswered(32);
    expect(sizeOf(window)).toBe(33);
    window.noteTooFast(33);
    expect(sizeOf(window)).toBe(26);
    for (let episode = 0; episode < 20; episode++) window.noteTooFast(1);
    expect(sizeOf(window)).toBe(1);
  });

  it('opens only by answers that came while it was used', () => {
    const window = new InFlightWindow();
    window.noteTooFast(8);
    for (let answer = 0; answer < 1_000; answer++) window.noteAnswered(1);
    expect(sizeOf(window)).toBe(4);
    for (let answer = 0; answer < 16; answer++) window.noteAnswered(4);
    expect(sizeOf(window)).toBe(5);
  });
});

describe('a window after an overload', () => {
  it('is half of what it was when nothing was served, and soon what it was', () => {
    const window = new InFlightWindow();
    window.noteOverload(64, 0);
    expect(sizeOf(window)).toBe(32);
    for (let k = 0; k < 8; k++) window.noteAnswered(sizeOf(window));
    expect(sizeOf(window)).toBe(40);
    expect(window.opensAtMs(0)).toBe(1_000);
    window.opensAtMs(1_000);
    expect(sizeOf(window)).toBe(64);
  });

  it('is what was served all the same; after a repeated one it opens in steps that grow longer', () => {
    const window = new InFlightWindow();
    window.noteOverload(60, 4);
    expect(sizeOf(window)).toBe(4);
    window.noteAnswered(4);
    expect(sizeOf(window)).toBe(5);
    window.noteOverload(5, 4);
    for (let k = 0; k < 100; k++) window.noteAnswered(4);
    expect(sizeOf(window)).toBe(4);
    expect(window.opensAtMs(0)).toBe(20_000);
    window.opensAtMs(20_000);
    expect(sizeOf(window)).toBe(5);
    window.noteOverload(5, 4);
    expect(window.opensAtMs(30_000)).toBe(70_000);
  });
});
