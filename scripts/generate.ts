// npm run generate: writes every generated file; with --check only says which are stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateCliFiles } from './generate-cli.ts';
import { generateProviderPage } from './generate-provider-page.ts';
import { generateProviders } from './generate-providers.ts';

const ROOT = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
// The providers come first: the command line's pages may name them.
const files = [
  ...(await generateProviders()),
  ...(await generateProviderPage()),
  ...(await generateCliFiles()),
];
let stale = 0;

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
process.exitCode = check && stale > 0 ? 1 : 0;

function current(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return undefined;
  }
}
