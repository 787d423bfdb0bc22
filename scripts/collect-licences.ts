import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/;
const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;

/** What packages have inside without naming its licence. */
const INSIDE: Readonly<Record<string, string>> = {
  undici: 'With llhttp (MIT): Copyright Fedor Indutny, 2018.',
};

/**
 * Gathers the licences of all packages that a bundle contains.
 *
 * @param modules absolute paths of the bundled files
 * @throws when a package names no licence: it must not be published
 */
export function collectLicences(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((file) => PACKAGE.exec(file)?.[1] ?? []));
  return [...folders]
    .sort()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { name: string; version: string; license?: string };
  if (!license) throw new Error(`${name} names no licence`);
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const inside = Object.hasOwn(INSIDE, name) ? [INSIDE[name]!] : [];
  return [`${name} ${version} (${license})`, ...texts, ...inside].join('\n\n').concat('\n');
}
