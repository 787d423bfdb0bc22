import { compileDollar } from './dollar-template.ts';
import { compileFormat } from './format-template.ts';
import type { Template } from './template.ts';

/**
 * How a template is written: `format` has `{NAME}` as Python's `str.format` has it, `dollar` has `$name` and
 * `${my name}` as its `string.Template` has them, `liquid` has `{{ name }}`, conditions, loops and filters.
 */
export type TemplateSyntax = 'format' | 'dollar' | 'liquid';

/** How a template in Liquid is compiled. */
export interface TemplateOptions {
  /** Further filters by their names, each given the text of a value and its arguments. */
  readonly filters?: Readonly<Record<string, (text: string, ...given: string[]) => string>>;
  /** Longest time that rendering may take, in milliseconds; default 5,000. */
  readonly maxRenderMs?: number;
  /**
   * True for templates of rows: a variable that is not known is a mistake, and so is a list or an object without the
   * filter `json`; `row` is the whole row, so that `row["my column"]` is any column. Default false.
   */
  readonly isStrict?: boolean;
}

/** The syntax of a template's file: Liquid in `*.liquid`, else `format`. */
export function syntaxOf(file: string): 'format' | 'liquid' {
  return /\.liquid$/i.test(file) ? 'liquid' : 'format';
}

/**
 * Reads a template. What Liquid takes is loaded only for one that is written in it.
 *
 * @throws TemplateMistake for an open or unknown tag, an unknown filter, or more text than allowed, and for an open `${`; a
 *   `format` has none: what is no field there is text
 */
export async function compileTemplate(
  text: string,
  syntax: TemplateSyntax,
  options: TemplateOptions = {},
): Promise<Template> {
  if (syntax === 'format') return compileFormat(text);
  if (syntax === 'dollar') return compileDollar(text);
  return (await import('./liquid-template.ts')).compileLiquid(text, options);
}
