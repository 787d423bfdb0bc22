/** A piece of a template in the syntax of `str.format`. */
export type MarkupPiece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'field';
      /** As it is written, braces included. */
      readonly source: string;
      /** What stands before the first `!` or `:`, such as `NAME` or `NAME[0]`. */
      readonly name: string;
      /** The character behind `!`; empty for none. */
      readonly conversion: string;
      /** What stands behind `:`; empty for nothing. */
      readonly spec: string;
    };

/**
 * Divides a text as Python's `str.format` reads it: `{{` and `}}` stand for one brace each, what stands between single
 * ones is a field.
 *
 * @returns undefined for what is no such text: a brace without its partner, one inside a field's name, or a
 *   conversion that is cut off
 */
export function readMarkup(text: string): readonly MarkupPiece[] | undefined {
  const pieces: MarkupPiece[] = [];
  let at = 0;
  while (at < text.length) {
    const brace = nextBrace(text, at);
    if (brace < 0) break;
    const isDoubled = text[brace + 1] === text[brace];
    pieces.push({ kind: 'text', text: text.slice(at, isDoubled ? brace + 1 : brace) });
    if (isDoubled) {
      at = brace + 2;
      continue;
    }
    const field = text[brace] === '{' ? readField(text, brace + 1) : undefined;
    if (field === undefined) return undefined;
    at = field.end;
    pieces.push({ kind: 'field', source: text.slice(brace, at), ...field.parts });
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}

function nextBrace(text: string, from: number): number {
  const offset = text.slice(from).search(/[{}]/);
  return offset < 0 ? -1 : from + offset;
}

function readField(text: string, start: number) {
  const stop = nameEnd(text, start);
  if (stop === undefined) return undefined;
  const name = text.slice(start, stop);
  if (text[stop] === '}') return { end: stop + 1, parts: { name, conversion: '', spec: '' } };
  let at = stop + 1;
  let conversion = '';
  if (text[stop] === '!') {
    const character = text.codePointAt(at);
    if (character === undefined) return undefined;
    conversion = String.fromCodePoint(character);
    at += conversion.length;
    if (text[at] === '}') return { end: at + 1, parts: { name, conversion, spec: '' } };
    if (text[at] !== ':') return undefined;
    at++;
  }
  const end = specEnd(text, at);
  return end === undefined
    ? undefined
    : { end: end + 1, parts: { name, conversion, spec: text.slice(at, end) } };
}

/** Where a field's name ends: at `}`, `:` or `!`; what stands in square brackets is passed over. */
function nameEnd(text: string, start: number): number | undefined {
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (character === '{') return undefined;
    if ('}:!'.includes(character)) return at;
    if (character !== '[') continue;
    const close = text.indexOf(']', at);
    if (close < 0) return undefined;
    // The bracket that closes is looked at again; it means nothing.
    at = close - 1;
  }
  return undefined;
}

/** Where a format specification ends: at the brace that closes its field. */
function specEnd(text: string, start: number): number | undefined {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return undefined;
}
