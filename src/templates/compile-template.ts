import { compileFormat } from './format-template.ts';
import type { Template } from './template.ts';

/**
 * How a template is written: `format` has `{NAME}` as Python's `str.format` has it, `liquid` has `{{ name }}`,
 * conditions, loops and filters.
 */
export type TemplateSyntax = 'format' | 'liquid';

/** How a template in Liquid is compiled. */
export interface TemplateOptions {
  /** Further filters by their names, each given the text of a value and its arguments. */
  readonly filters?: Readonly<Record<string, (text: string, ...given: string[]) => string>>;
  /** Longest time that rendering may take, in milliseconds; default 5,000. */
  readonly maxRenderMs?: number;
}

/** The syntax of a template's file: Liquid in `*.liquid`, else `format`. */
export function syntaxOf(file: string): TemplateSyntax {
  return /\.liquid$/i.test(file) ? 'liquid' : 'format';
}

/**
 * Reads a template. What Liquid takes is loaded only for one that is written in it.
 *
 * @throws TemplateMistake for an open or unknown tag, an unknown filter, or more text than allowed; a `format` has none:
 *   what is no field there is text
 */
export async function compileTemplate(
  text: string,
  syntax: TemplateSyntax,
  options: TemplateOptions = {},
): Promise<Template> {
  if (syntax === 'format') return compileFormat(text);
  return (await import('./liquid-template.ts')).compileLiquid(text, options);
}
