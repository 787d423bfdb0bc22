import type { JsonValue } from '../core/json.ts';
import { withoutSpaceAround } from '../core/python-space.ts';
import { type Template, TemplateMistake, valueText } from './template.ts';

/** What may stand behind a dollar sign without braces: a name of ASCII letters, as in Python. */
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/** A piece of a template: text, or the column that stands in its place. */
type DollarPiece = string | { readonly column: string };

/**
 * Compiles a template in the syntax of Python's `string.Template`, over any name of a column: `$column`, `${my column}`,
 * and `$$` for a dollar sign. A dollar sign before anything else, such as `$5`, is text; so are braces. White space
 * around the template goes. Nothing stands for null, JSON for lists and objects.
 *
 * @throws TemplateMistake for a `${` without its `}`, and for one without a name
 */
export function compileDollar(text: string): Template {
  const pieces = dollarPieces(withoutSpaceAround(text), text);
  const columns = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.column]));
  return {
    fields: [...new Set(columns)],
    render: (values) =>
      pieces
        .map((piece) => {
          if (typeof piece === 'string') return piece;
          return Object.hasOwn(values, piece.column) ? columnText(values[piece.column]!) : '';
        })
        .join(''),
  };
}

/** Tells whether a text has a place for a column in that syntax. */
export function hasDollarField(text: string): boolean {
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    const next = text[at + 1];
    if (next === '$') at++;
    // `${{ price }}` is a dollar sign before a place of Liquid.
    else if (next === '{' ? !'{%}'.includes(text[at + 2] ?? '}') : nameAt(text, at + 1) !== '') {
      return true;
    }
  }
  return false;
}

function columnText(value: JsonValue): string {
  return value === null ? '' : valueText(value);
}

function dollarPieces(text: string, whole: string): DollarPiece[] {
  const pieces: DollarPiece[] = [];
  let start = 0;
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at)) {
    const field = fieldAt(text, at, whole);
    if (field === undefined) at++;
    else {
      pieces.push(text.slice(start, at), field.piece);
      start = field.end;
      at = start;
    }
  }
  return [...pieces, text.slice(start)];
}

/** What stands for a dollar sign and what follows it; undefined where it is text. */
function fieldAt(text: string, at: number, whole: string) {
  if (text[at + 1] === '$') return { piece: '$', end: at + 2 };
  if (text[at + 1] !== '{') {
    const column = nameAt(text, at + 1);
    return column === '' ? undefined : { piece: { column }, end: at + 1 + column.length };
  }
  const close = text.indexOf('}', at);
  const column = text.slice(at + 2, Math.max(close, 0));
  if (close >= 0 && column !== '') return { piece: { column }, end: close + 1 };
  const before = whole.slice(0, whole.indexOf(text) + at).split('\n');
  const what = close < 0 ? 'is not closed by "}"' : 'names no column';
  throw new TemplateMistake(
    `"\${" ${what}; "$$" writes a dollar sign`,
    before.length,
    before.at(-1)!.length + 1,
  );
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}
