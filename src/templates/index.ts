export {
  compileTemplate,
  syntaxOf,
  type TemplateOptions,
  type TemplateSyntax,
} from './compile-template.ts';
export { type Condition, compileCondition } from './condition.ts';
export { compileTask, type MapTask, TASKS } from './tasks.ts';
export { type FieldValues, type Template, TemplateMistake, valueText } from './template.ts';
export { type FoundSyntax, templateSyntax } from './template-syntax.ts';
