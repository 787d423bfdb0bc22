import { describe, expect, it } from 'vitest';
import { AnswerRate } from './answer-rate.ts';

/** Answers at equal distances. */
function answered(everyMs: number, times: number, inFlight: number, timeoutMs = 60_000) {
  const rate = new AnswerRate();
  rate.restart(0);
  for (let k = 1; k <= times; k++) rate.noteAnswered(k * everyMs, inFlight, timeoutMs);
  return rate;
}

describe('the rate of answers', () => {
  it('allows as many calls in flight as are answered within half the time-out', () => {
    expect(answered(250, 40, 10, 20_000).ceiling).toBe(40);
    expect(answered(10, 100, 64, 300_000).ceiling).toBe(15_000);
  });

  it('does not count the time in which streams flow: their time-out ended with the first piece', () => {
    const rate = new AnswerRate();
    rate.restart(0);
    // 64 at once, each of 60 s with a first piece after 1 s.
    for (let round = 1; round <= 4; round++) {
      for (let k = 0; k < 64; k++) rate.noteAnswered(round * 60_000, 64, 30_000, 59_000);
      expect(rate.ceiling).toBeGreaterThanOrEqual(64);
    }
    // Half a minute to the first piece of each is the whole time-out.
    const late = new AnswerRate();
    late.restart(0);
    for (let k = 1; k <= 64; k++) late.noteAnswered(k * 1_000, 64, 30_000, 30_000);
    expect(late.ceiling).toBe(45);
  });

  it('says nothing before the first answers', () => {
    expect(answered(250, 2, 8).ceiling).toBe(Number.POSITIVE_INFINITY);
  });

  it('holds back no few calls until one has run out of time, and always allows one', () => {
    const rate = answered(1_000, 20, 8, 5_000);
    expect(rate.ceiling).toBe(8);
    rate.noteTimeout(20_500);
    rate.noteAnswered(21_500, 8, 5_000);
    expect(rate.ceiling).toBe(2);
    const slow = answered(100_000, 4, 1, 5_000);
    slow.noteTimeout(400_000);
    slow.noteAnswered(500_000, 1, 5_000);
    expect(slow.ceiling).toBe(1);
  });

  it('does not follow itself down at a server that does all calls at once', () => {
    const rate = new AnswerRate();
    let nowMs = 0;
    let inFlight = 64;
    for (let round = 0; round < 20; round++) {
      rate.restart(nowMs);
      nowMs += 200_000;
      for (let k = 0; k < inFlight; k++) rate.noteAnswered(nowMs, inFlight, 300_000);
      inFlight = Math.min(64, rate.ceiling);
    }
    expect(inFlight).toBeGreaterThanOrEqual(40);
  });

  it('does not count the time in which nothing was asked', () => {
    const rate = answered(100, 16, 4);
    rate.restart(10_000_000);
    rate.noteAnswered(10_000_100, 4, 60_000);
    expect(rate.ceiling).toBe(300);
  });
});
