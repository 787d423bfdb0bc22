import { plainText } from '../core/plain-text.ts';
import { checkTemplate, type HolePlace } from './template-places.ts';

/** Only this file has it, so only this file makes markup. */
const MAKER = Symbol('maker of markup');

/**
 * Markup that a browser may be given. It comes from the `html` tag alone, whose own text is written by a
 * programmer; whatever a hole of the template holds is text, and stays text.
 */
export class Html {
  readonly #markup: string;

  constructor(maker: symbol, markup: string) {
    if (maker !== MAKER) throw new TypeError('markup is made by the html tag');
    this.#markup = markup;
  }

  /** The markup as text, to be written. Put into a template as text, it is escaped like any other. */
  get markup(): string {
    return this.#markup;
  }
}

/** What a hole between tags may hold: text and numbers are escaped, null, undefined and false are nothing. */
export type Content = string | number | Html | null | undefined | false | readonly Content[];

const checked = new WeakMap<TemplateStringsArray, readonly HolePlace[]>();

/**
 * Makes markup: `` html`<p title="${said}">${said}</p>` ``. Texts are escaped, control characters and those that
 * reorder text are shown as escapes. A hole stands between tags or is (part of) a quoted value of an attribute that
 * cannot act; anything else, and elements that can act (`script`, `style`, `iframe`, …), is refused.
 *
 * @throws TypeError where the template, or the value of a hole, is not allowed
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  let places = checked.get(strings);
  if (places === undefined) {
    places = checkTemplate(strings);
    checked.set(strings, places);
  }
  let markup = strings[0]!;
  for (const [index, value] of values.entries()) {
    markup += places[index] === 'value' ? valueText(value) : contentText(value);
    markup += strings[index + 1]!;
  }
  return new Html(MAKER, markup);
}

/** Escapes a text for everywhere in a page, within quotes, too. */
export function escapeText(text: string): string {
  return plainText(text.toWellFormed()).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function contentText(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return (value as readonly Content[]).map(contentText).join('');
  return value instanceof Html ? value.markup : valueText(value as Content);
}

function valueText(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeText(value);
  throw new TypeError('a hole of this kind takes a text or a number');
}
