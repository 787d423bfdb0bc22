export {
  compileTemplate,
  syntaxOf,
  type TemplateOptions,
  type TemplateSyntax,
} from './compile-template.ts';
export { type FieldValues, type Template, TemplateMistake, valueText } from './template.ts';
