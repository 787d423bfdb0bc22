import { describe, expect, it } from 'vitest';
import { displayWidth, fitLine, fitMiddle, padLine } from './display-width.ts';
import { wrapLine, wrapTail } from './wrap-text.ts';

describe('displayWidth', () => {
  it.each([
    ['plain', 5],
    ['', 0],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['漢字かな', 8],
    ['한국어', 6],
    ['ｆｕｌｌ', 8],
    ['😀', 2],
    ['👩‍👩‍👧‍👦', 2],
    ['🇩🇪', 2],
    ['❤️', 2],
    ['1️⃣', 2],
    ['a\u200bb', 2],
    ['┌─┐│·…▸', 7],
    ['\x1b[31mred\x1b[39m', 3],
    ['\x1b[1m漢\x1b[22m', 2],
    ['Привет', 6],
  ])('measures %j as %i cells', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('is none for millions of marks without a letter', () => {
    expect(displayWidth('\u0301'.repeat(6_000_000))).toBe(0);
  });
});

describe('fitMiddle', () => {
  it('keeps the end of what is too long', () => {
    expect(fitMiddle('http://127.0.0.1:4010/v1#qwen', 29)).toBe('http://127.0.0.1:4010/v1#qwen');
    expect(fitMiddle('http://127.0.0.1:4010/v1#qwen', 25)).toBe('http://1…0.1:4010/v1#qwen');
    expect(displayWidth(fitMiddle('漢字漢字漢字', 7))).toBeLessThanOrEqual(7);
    expect(fitMiddle('hello', 3)).toBe('he…');
  });
});

describe('fitLine and padLine', () => {
  it('leaves a line that fits, cuts one that does not, and never splits a wide character', () => {
    expect(fitLine('hello', 5)).toBe('hello');
    expect(fitLine('hello!', 5)).toBe('hell…');
    expect(fitLine('漢字漢字', 6)).toBe('漢字…');
    expect(fitLine('x', 0)).toBe('');
  });

  it('fills to exactly the width', () => {
    for (const text of ['', 'a', '漢字漢字漢字', 'a漢字漢字漢', '👩‍👩‍👧‍👦'.repeat(9)]) {
      expect(displayWidth(padLine(text, 7))).toBe(7);
    }
  });

  it('is quick on a line of a megabyte', () => {
    const line = '漢'.repeat(1_000_000);
    const startMs = performance.now();
    expect(displayWidth(fitLine(line, 80))).toBeLessThanOrEqual(80);
    expect(performance.now() - startMs).toBeLessThan(200);
  });
});

describe('wrapLine', () => {
  it('breaks at spaces and only otherwise inside words', () => {
    expect(wrapLine('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']);
    expect(wrapLine('a verylongword b', 6)).toEqual(['a', 'verylo', 'ngword', 'b']);
    expect(wrapLine('', 9)).toEqual(['']);
  });

  it('counts wide characters as two cells', () => {
    expect(wrapLine('漢字漢字漢', 5)).toEqual(['漢字', '漢字', '漢']);
  });

  it('never makes a row wider than asked and loses no character but spaces', () => {
    const text = 'ab 漢字 😀😀😀 aaaaaaaaaaaaaaaaaaaa\tb  c';
    for (let width = 2; width < 40; width++) {
      const rows = wrapLine(text, width);
      for (const row of rows) expect(displayWidth(row)).toBeLessThanOrEqual(width);
      expect(rows.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }
  });
});

describe('wrapTail', () => {
  it('gives the last rows', () => {
    expect(wrapTail('one\ntwo\n\nthree four', 5, 3)).toEqual(['', 'three', 'four']);
    expect(wrapTail('one\n', 5, 3)).toEqual(['one', '']);
    expect(wrapTail('', 5, 3)).toEqual(['']);
  });

  it('agrees with wrapping everything', () => {
    const text = Array.from({ length: 50 }, (_, line) => `${line} ${'word '.repeat(line)}`).join(
      '\n',
    );
    const all = text.split('\n').flatMap((line) => wrapLine(line, 20));
    expect(wrapTail(text, 20, 12)).toEqual(all.slice(-12));
  });

  it('costs no more for a line of a megabyte than for a short one', () => {
    const startMs = performance.now();
    expect(wrapTail('漢字 '.repeat(350_000), 40, 12)).toHaveLength(12);
    expect(performance.now() - startMs).toBeLessThan(300);
  });
});
