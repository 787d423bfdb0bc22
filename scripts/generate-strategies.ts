import { existsSync, readdirSync } from 'node:fs';
import type { Strategy } from '../src/panel/consortium/strategies/strategy.ts';
import type { GeneratedFile } from './generate-providers.ts';

const ROOT = new URL('../', import.meta.url);
const FOLDER = 'src/panel/consortium/strategies';

/**
 * Makes the list of strategies: every folder of theirs whose `index.ts` exports `strategy`, called as its folder.
 *
 * @throws when a strategy does not have the name of its folder
 */
export async function generateStrategies(): Promise<GeneratedFile[]> {
  const folder = new URL(`${FOLDER}/`, ROOT);
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/index.ts`, folder)))
    .map(({ name }) => name)
    .sort();
  for (const name of names) await checkName(name);
  const imports = names.map(
    (name) => `import { strategy as ${variable(name)} } from './${name}/index.ts';`,
  );
  const entries = names.map((name) => `  '${name}': ${variable(name)},\n`);
  const content = `// Written by \`npm run generate\` from ${FOLDER}: do not edit.
${imports.join('\n')}
import type { Strategy } from './strategy.ts';

/** Every strategy by name. */
export const STRATEGIES: Readonly<Record<string, Strategy>> = {
${entries.join('')}};
`;
  return [{ path: `${FOLDER}/strategies.generated.ts`, content }];
}

async function checkName(folder: string): Promise<void> {
  const { href } = new URL(`${FOLDER}/${folder}/index.ts`, ROOT);
  const { strategy } = (await import(href)) as { readonly strategy: Strategy };
  if (strategy.name !== folder)
    throw new Error(`the strategy in ${folder} is called ${strategy.name}`);
}

function variable(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
