import type { JsonValue } from '../core/json.ts';
import { readMarkup } from './format-markup.ts';
import { formatText } from './format-text.ts';
import { type FieldValues, type Template, valueText } from './template.ts';

/** A name, and at most an index behind it: `NAME`, `NAME[0]`. */
const NAME = /^([\p{L}_][\p{L}\p{M}\p{N}_-]*)(?:\[(\d{1,9})\])?$/u;

/** One place in a text. */
interface Place {
  readonly source: string;
  readonly name: string;
  readonly index: number | null;
  readonly conversion: string;
  readonly spec: string;
}

/**
 * Compiles a template in the syntax of Python's `str.format`: names, an index, conversions and the format
 * specification of texts. What `str.format` would refuse stays as it is written: a field that is not known, or, in a
 * text whose braces do not fit together, every brace but those of plain fields.
 */
export function compileFormat(text: string): Template {
  const pieces = piecesOf(text);
  const places = pieces.filter((piece) => typeof piece !== 'string');
  return {
    fields: [...new Set(places.map(({ name }) => name))],
    render: (values) =>
      pieces
        .map((piece) =>
          typeof piece === 'string' ? piece : (placeText(piece, values) ?? piece.source),
        )
        .join(''),
  };
}

function piecesOf(text: string): readonly (string | Place)[] {
  const markup = readMarkup(text);
  if (markup === undefined) return plainPieces(text);
  return markup.map((piece) => {
    if (piece.kind === 'text') return piece.text;
    const { source, conversion, spec } = piece;
    const [, name, index] = NAME.exec(piece.name) ?? [];
    if (name === undefined) return source;
    return { source, name, index: index === undefined ? null : Number(index), conversion, spec };
  });
}

/** A text that `str.format` cannot read at all: only `{NAME}` is a field. */
function plainPieces(text: string): readonly (string | Place)[] {
  return text.split(/(\{[A-Za-z_][A-Za-z0-9_]*\})/).map((part, at) => {
    if (at % 2 === 0) return part;
    const name = part.slice(1, -1);
    return { source: part, name, index: null, conversion: '', spec: '' };
  });
}

function placeText({ name, index, conversion, spec }: Place, values: FieldValues) {
  if (!Object.hasOwn(values, name)) return undefined;
  const value = index === null ? values[name]! : elementAt(values[name]!, index);
  return value === undefined ? undefined : formatText(valueText(value), conversion, spec);
}

/** A character of a text, or an element of a list. */
function elementAt(value: JsonValue, index: number): JsonValue | undefined {
  if (Array.isArray(value)) return value[index];
  return typeof value === 'string' ? [...value][index] : undefined;
}
