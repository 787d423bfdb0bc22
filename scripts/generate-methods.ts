import { readdirSync, readFileSync } from 'node:fs';
import type { GeneratedFile } from './generate-providers.ts';

const FOLDER = 'src/ranking/methods';
const NOTE = '// Written by `npm run generate` from src/ranking/methods: do not edit.';

/**
 * Makes the list of rating methods: every file of their folder that exports `method`.
 *
 * @param root the repository, default this one.
 * @throws when there is none.
 */
export function generateMethods(root = new URL('../', import.meta.url)): GeneratedFile[] {
  const folder = new URL(`${FOLDER}/`, root);
  const names = readdirSync(folder)
    .filter((file) => /^[a-z][a-z-]*\.ts$/.test(file))
    .filter((file) => /^export const method\b/m.test(readFileSync(new URL(file, folder), 'utf8')))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  if (names.length === 0) throw new Error(`${FOLDER} holds no rating method`);
  return [
    { path: 'src/ranking/options/method-names.generated.ts', content: nameList(names) },
    { path: `${FOLDER}/methods.generated.ts`, content: methodList(names) },
  ];
}

function nameList(names: readonly string[]): string {
  return `${NOTE}

/** Names of the rating methods, as users write them. */
export const METHOD_NAMES = [
${names.map((name) => `  '${name}',\n`).join('')}] as const;

/** Name of a rating method. */
export type MethodName = (typeof METHOD_NAMES)[number];
`;
}

function methodList(names: readonly string[]): string {
  const imports = names.map(
    (name) => `import { method as ${variable(name)} } from './${name}.ts';`,
  );
  const entries = names.map((name) => `  '${name}': ${variable(name)},\n`);
  return `${NOTE}
import type { MethodName } from '../options/method-names.generated.ts';
${imports.join('\n')}
import type { RatingMethod } from './rating-method.ts';

/** Every rating method by name. */
export const METHODS: Readonly<Record<MethodName, RatingMethod>> = {
${entries.join('')}};
`;
}

function variable(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
