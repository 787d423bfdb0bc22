import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Content, Html, html } from './html.ts';

/** What a browser reads out of escaped text. */
function decoded(markup: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return markup.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!);
}

describe('html', () => {
  it('escapes whatever text comes, between tags and within quotes', () => {
    const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{Cc}\p{Cf}]/u.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        const { markup } = html`<p title="${text}">${text}</p>`;
        const [, title, content] = /^<p title="([^"<>]*)">([^"<>]*)<\/p>$/.exec(markup)!;
        expect([decoded(title!), decoded(content!)]).toEqual([text, text]);
      }),
    );
  });

  it('shows control characters, what reorders text and half characters instead of writing them', () => {
    expect(html`${'a\u202eb\u0000c\u001b[31m\ud800'}`.markup).toBe(
      'a\\u202eb\\x00c\\x1b[31m\ufffd',
    );
  });

  it('takes markup that it made, lists, numbers and nothing', () => {
    const inner = html`<b>${'<i>'}</b>`;
    const parts: Content = [inner, ['x', 1.5, null], undefined, false];
    expect(html`<p>${parts}</p>`.markup).toBe('<p><b>&lt;i&gt;</b>x1.5</p>');
  });

  it('takes nothing for markup that only looks like it', () => {
    expect(() => html`${{ markup: '<script>' } as never}`).toThrow(TypeError);
    expect(() => new Html(Symbol('maker of markup'), '<script>')).toThrow(TypeError);
    const forged = Object.create(Html.prototype) as Html;
    expect(() => html`${forged}`).toThrow(TypeError);
    expect(() => html`<p title="${html`x`}"></p>`).toThrow('takes a text');
    expect(() => html`${true as never}`).toThrow('takes a text');
  });

  const evil = 'x onmouseover=alert(1)';
  it.each([
    ['a bare value', () => html`<p class=${evil}></p>`],
    ['a single-quoted value', () => html`<p class='${evil}'></p>`],
    ['the name of an element', () => html`<${evil}></p>`],
    ['the name of an element, at its end', () => html`</${evil}>`],
    ['a part of a name', () => html`<h${evil}>`],
    ['the name of an attribute', () => html`<p ${evil}="1"></p>`],
    ['a handler', () => html`<p onclick="${evil}"></p>`],
    ['a style', () => html`<p style="${evil}"></p>`],
    ['an address', () => html`<a href="${'javascript:alert(1)'}">x</a>`],
    ['an address with a scheme', () => html`<a href="https://${evil}">x</a>`],
    ['what is loaded', () => html`<p src="${evil}"></p>`],
    ['a script', () => html`<script>${evil}</script>`],
    ['a style sheet', () => html`<style>${evil}</style>`],
    ['a comment', () => html`<!-- ${evil} -->`],
    ['an element that loads', () => html`<img alt="${evil}">`],
    ['a frame', () => html`<iframe title="${evil}"></iframe>`],
    ['an open tag', () => html`<p title="${evil}"`],
    ['an open value', () => html`<p title="${evil}>`],
  ])('refuses %s', (_, make) => {
    expect(make).toThrow(TypeError);
  });

  it('leads to places of its own page', () => {
    expect(html`<a href="#row-${'"1'}">x</a>`.markup).toBe('<a href="#row-&quot;1">x</a>');
  });

  it('follows tags and quoted values over holes', () => {
    const page = html`<p class="a ${'b'} c" title="1 > ${2}" hidden>a < b ${'<'}</p>`;
    expect(page.markup).toBe('<p class="a b c" title="1 > 2" hidden>a < b &lt;</p>');
  });
});
