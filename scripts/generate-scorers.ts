import { existsSync, readdirSync } from 'node:fs';
import type { Scorer } from '../src/scorers/shape/scorer.ts';
import type { GeneratedFile } from './generate-providers.ts';

const ROOT = new URL('../', import.meta.url);
const FOLDER = 'src/scorers';

/**
 * Makes the list of scorers: every folder of theirs whose `index.ts` exports `scorer`, called as its folder.
 *
 * @throws when a scorer does not have the name of its folder
 */
export async function generateScorers(): Promise<GeneratedFile[]> {
  const folder = new URL(`${FOLDER}/`, ROOT);
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/index.ts`, folder)))
    .map(({ name }) => name)
    .sort();
  const scorers = await Promise.all(names.map(readScorer));
  const entries = scorers.map(({ name, about, argument }) => {
    const form = argument === undefined ? '' : formOf(argument);
    const isFile = argument?.isFile === true ? ', isFile: true' : '';
    const facts = `form: ${JSON.stringify(form)}, about: ${JSON.stringify(about)}${isFile}`;
    return `  '${name}': { ${facts}, load: () => import('./${name}/index.ts') },\n`;
  });
  const content = `// Written by \`npm run generate\` from ${FOLDER}: do not edit.
import type { ListedScorer } from './shape/scorer.ts';

/** Every scorer by name; none is loaded before it is used. */
export const SCORERS: Readonly<Record<string, ListedScorer>> = {
${entries.join('')}};
`;
  return [{ path: `${FOLDER}/scorers.generated.ts`, content }];
}

function formOf({ form, isRequired }: NonNullable<Scorer['argument']>): string {
  return isRequired ? `:${form}` : `[:${form}]`;
}

async function readScorer(folder: string): Promise<Scorer> {
  const { href } = new URL(`${FOLDER}/${folder}/index.ts`, ROOT);
  const { scorer } = (await import(href)) as { readonly scorer: Scorer };
  if (scorer.name !== folder) throw new Error(`the scorer in ${folder} is called ${scorer.name}`);
  return scorer;
}
