import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { css, FixedText, javascript } from './fixed-text.ts';
import { html } from './html.ts';
import { renderPage } from './render-page.ts';

const parts = [css`p { color: red; }`, javascript`'use strict';`, css`b { color: blue; }`];

describe('renderPage', () => {
  it('allows only its own styles and scripts, by their hashes, and nothing else', () => {
    const page = renderPage({ title: 'a', parts, body: html`<p>hi</p>` });
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash('p { color: red; }')} ${hash('b { color: blue; }')}`,
      `script-src ${hash("'use strict';")}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  it('allows no script where it has none', () => {
    expect(renderPage({ title: '', parts: [], body: html`` })).toContain("script-src 'none'");
  });

  it('escapes its title', () => {
    const page = renderPage({ title: '</title><script>', parts: [], body: html`` });
    expect(page).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
  });
});

describe('a style sheet or a script', () => {
  it('has no holes and ends where it ends', () => {
    expect(() => css`p { color: ${'red' as never}; }`).toThrow('no holes');
    expect(() => javascript`x = '${'y' as never}'`).toThrow('no holes');
    expect(() => new FixedText('script', '"</script>"')).toThrow('markup');
    expect(() => new FixedText('style', '<!--')).toThrow('markup');
  });

  it('keeps backslashes as they are written', () => {
    expect(javascript`/\s+/`.text).toBe('/\\s+/');
  });
});
