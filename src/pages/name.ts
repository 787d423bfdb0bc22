import { type Html, html } from './html.ts';

/** Renders a name, such as that of a model: apart from the direction of the text around it, and broken where it has joints. */
export function renderName(name: string): Html {
  const pieces = name.split(/(?<=[/#])(?![/#])/, MOST_PIECES);
  const rest = name.slice(pieces.join('').length);
  return html`<bdi>${pieces.map((piece, index) => html`${index > 0 && html`<wbr>`}${piece}`)}${rest}</bdi>`;
}

const MOST_PIECES = 20;
