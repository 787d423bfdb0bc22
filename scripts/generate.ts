// npm run generate: writes every generated file; with --check only says which are stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateMethods } from './generate-methods.ts';
import { generatePromptoGuide } from './generate-prompto-guide.ts';
import { generateProviderPage } from './generate-provider-page.ts';
import { type GeneratedFile, generateProviders, readProviders } from './generate-providers.ts';
import { generateScorers } from './generate-scorers.ts';
import { generateStrategies } from './generate-strategies.ts';

const ROOT = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
let stale = 0;

take(generateMethods());
take(await generateScorers());
take(await generateStrategies());
const found = await readProviders();
take([...generateProviders(found), ...generateProviderPage(found.descriptions)]);
const { generateSettingsFiles } = await import('./generate-settings.ts');
take(generateSettingsFiles());
const { generateActions } = await import('./generate-actions.ts');
take(await generateActions());
// Only now: the commands read the list of providers when they are loaded.
const { generateCliFiles } = await import('./generate-cli.ts');
take(await generateCliFiles());
take(generatePromptoGuide());
process.exitCode = check && stale > 0 ? 1 : 0;

function take(files: readonly GeneratedFile[]): void {
  for (const { path, content } of files) {
    if (current(path) === content) continue;
    stale++;
    if (check) {
      console.log(`${path} is stale: npm run generate`);
      continue;
    }
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
    console.log(`wrote ${path}`);
  }
}

function current(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return undefined;
  }
}
