import { hasDollarField } from './dollar-template.ts';

/** The syntax that a text is written in, or why nobody can tell. */
export type FoundSyntax = 'liquid' | 'dollar' | { readonly problem: string };

/**
 * Finds how a template is written: Liquid where it has `{{` or `{%`, else with dollar signs. A text that has places of
 * both kinds says neither.
 */
export function templateSyntax(text: string): FoundSyntax {
  if (!/\{[{%]/.test(text)) return 'dollar';
  if (!hasDollarField(text)) return 'liquid';
  return {
    problem:
      'it has places of Liquid ({{ }} or {% %}) and of columns ($name, braces or not); ' +
      '--syntax liquid or --syntax dollar says which are meant',
  };
}
