import { createHash } from 'node:crypto';
import type { FixedText } from './fixed-text.ts';
import { escapeText, type Html } from './html.ts';

/** A whole page. */
export interface Page {
  readonly title: string;
  /** Style sheets and scripts in the order in which they take effect. */
  readonly parts: readonly FixedText[];
  /** What is shown. */
  readonly body: Html;
}

/**
 * Renders a page that is one file. A browser loads nothing for it and sends nothing, runs only the scripts given here
 * (by their hashes, in the page's Content-Security-Policy), and follows no form.
 */
export function renderPage({ title, parts, body }: Page): string {
  const texts = (kind: FixedText['kind']) =>
    parts.filter((part) => part.kind === kind).map(({ text }) => text);
  const styles = texts('style');
  const scripts = texts('script');
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${policy(styles, scripts)}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="referrer" content="no-referrer">\n',
    '<meta name="color-scheme" content="light dark">\n',
    `<title>${escapeText(title)}</title>\n`,
    ...styles.map((text) => `<style>${text}</style>\n`),
    `</head>\n<body>\n${body.markup}\n`,
    ...scripts.map((text) => `<script>${text}</script>\n`),
    '</body>\n</html>\n',
  ].join('');
}

function policy(styles: readonly string[], scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src ${hashes(styles)}`,
    `script-src ${hashes(scripts)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hashes(texts: readonly string[]): string {
  if (texts.length === 0) return "'none'";
  return texts
    .map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ');
}
