import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serviceProvider } from '../src/providers/openai-compatible/index.ts';
import { COMPATIBLE_SERVICES } from '../src/providers/openai-compatible-services.ts';
import type { Provider } from '../src/providers/provider.ts';

/** A file that a generator writes; `path` is relative to the repository. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const ROOT = new URL('../', import.meta.url);
const FOLDER = 'src/providers';
const OUTPUT = `${FOLDER}/registry.generated.ts`;

/** Writes the list of providers from their folders and from the table of compatible services. */
export async function generateProviders(): Promise<GeneratedFile[]> {
  const adapters: { folder: string; provider: Provider }[] = [];
  for (const folder of adapterFolders()) {
    const module = (await import(new URL(`${FOLDER}/${folder}/index.ts`, ROOT).href)) as {
      provider: Provider;
    };
    adapters.push({ folder, provider: module.provider });
  }
  const descriptions = [
    ...adapters.map(({ provider }) => provider),
    ...COMPATIBLE_SERVICES.map(serviceProvider),
  ].map(({ description, choicesParameter }) => ({
    ...description,
    severalChoices: choicesParameter !== null,
  }));
  const loaders = adapters.map(
    ({ folder, provider }) =>
      `  ${JSON.stringify(provider.description.name)}: () => import('./${folder}/index.ts'),`,
  );
  return [{ path: OUTPUT, content: render(loaders, descriptions) }];
}

function render(loaders: readonly string[], descriptions: readonly unknown[]): string {
  return `// Written by scripts/generate-providers.ts from the provider folders and the table of services.
import type { Provider } from './provider.ts';
import type { ProviderDescription } from './provider-description.ts';

/** Loads the code of the providers that have some; the others are rows of the services table. */
export const PROVIDER_LOADERS: Readonly<Record<string, () => Promise<{ readonly provider: Provider }>>> = {
${loaders.join('\n')}
};

/** Every provider, as data that is cheap to import. */
export const PROVIDERS: readonly ProviderDescription[] = ${JSON.stringify(descriptions, null, 2)};
`;
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, content } of await generateProviders()) {
    writeFileSync(new URL(path, ROOT), content);
    console.log(`wrote ${path}`);
  }
}
