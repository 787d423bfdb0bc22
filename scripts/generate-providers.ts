import { readdirSync, readFileSync } from 'node:fs';
import { serviceProvider } from '../src/providers/openai-compatible/index.ts';
import { COMPATIBLE_SERVICES } from '../src/providers/openai-compatible-services.ts';
import type { Provider } from '../src/providers/provider.ts';
import type { ProviderDescription } from '../src/providers/provider-description.ts';

/** A file that a generator writes; `path` is relative to the repository. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const ROOT = new URL('../', import.meta.url);
const FOLDER = 'src/providers';
const OUTPUT = `${FOLDER}/registry.generated.ts`;

/** The providers as they are in the folders and the table of compatible services now. */
export interface FoundProviders {
  /** Names of the folders, which are those of their providers. */
  readonly folders: readonly string[];
  readonly descriptions: readonly ProviderDescription[];
}

/**
 * Reads every provider from its folder, and the table of compatible services.
 *
 * @throws when a provider does not have the name of its folder
 */
export async function readProviders(): Promise<FoundProviders> {
  const folders = adapterFolders();
  const adapters = await Promise.all(folders.map(readAdapter));
  const services = COMPATIBLE_SERVICES.map(serviceProvider);
  const descriptions = [...adapters, ...services].map(
    ({ description, choicesParameter, completionMode }) => ({
      ...description,
      severalChoices: choicesParameter !== null,
      completionMode,
    }),
  );
  return { folders, descriptions };
}

/** Writes the list of providers. */
export function generateProviders({ folders, descriptions }: FoundProviders): GeneratedFile[] {
  const loaders = folders.map(
    (folder) => `  ${JSON.stringify(folder)}: () => import('./${folder}/index.ts'),`,
  );
  return [{ path: OUTPUT, content: render(loaders, descriptions) }];
}

async function readAdapter(folder: string): Promise<Provider> {
  const { provider } = (await import(new URL(`${FOLDER}/${folder}/index.ts`, ROOT).href)) as {
    provider: Provider;
  };
  const { name } = provider.description;
  if (name !== folder) throw new Error(`the provider in ${folder} is called ${name}`);
  return provider;
}

function render(loaders: readonly string[], descriptions: readonly ProviderDescription[]): string {
  const names = sharedNames(descriptions);
  const shared = [...names].map(([text, { name, key }]) => {
    return `const ${name}: ProviderDescription['${key}'] = ${indented(text)};\n`;
  });
  const described = descriptions.map((one) => {
    const fields = Object.entries(one).map(([key, value]) => {
      const text = JSON.stringify(value);
      return `    "${key}": ${names.get(text)?.name ?? indented(text, 4)}`;
    });
    return `  {\n${fields.join(',\n')}\n  }`;
  });
  return `// Written by \`npm run generate\` from the provider folders and the table of services.
import type { Provider } from './provider.ts';
import type { ProviderDescription } from './provider-description.ts';

/** Loads the code of the providers that have some; the others are rows of the services table. */
export const PROVIDER_LOADERS: Readonly<Record<string, () => Promise<{ readonly provider: Provider }>>> = {
${loaders.join('\n')}
};

${shared.join('')}
/** Every provider, as data that is cheap to import. */
export const PROVIDERS: readonly ProviderDescription[] = [
${described.join(',\n')}
];
`;
}

/** The objects that several providers have, as JSON, with the names under which they are written once. */
function sharedNames(descriptions: readonly ProviderDescription[]) {
  const fields = descriptions.flatMap((one) => Object.entries(one));
  const objects = fields.filter(([, value]) => isObject(value));
  const byText = Map.groupBy(objects, ([, value]) => JSON.stringify(value));
  const names = new Map<string, { readonly name: string; readonly key: string }>();
  for (const [text, alike] of byText) {
    const [key] = alike[0]!;
    const number = [...names.values()].filter((other) => other.key === key).length + 1;
    if (alike.length > 1) names.set(text, { key, name: `${key.toUpperCase()}_${number}` });
  }
  return names;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON over several lines, those behind the first indented. */
function indented(text: string, spaces = 0): string {
  return JSON.stringify(JSON.parse(text), null, 2).replaceAll('\n', `\n${' '.repeat(spaces)}`);
}

/** A folder is an adapter when its \`index.ts\` exports \`provider\`. */
function adapterFolders(): string[] {
  const found = readdirSync(new URL(FOLDER, ROOT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return found.filter(exportsProvider).sort();
}

function exportsProvider(folder: string): boolean {
  try {
    const index = readFileSync(new URL(`${FOLDER}/${folder}/index.ts`, ROOT), 'utf8');
    return /^export const provider\b/m.test(index);
  } catch {
    return false;
  }
}
