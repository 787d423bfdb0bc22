// npm run check: format, lint, types, architecture, house rules, unused code, generated files.
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { findViolations } from './house-rules.ts';
import { findShortFiles } from './short-files.ts';
import { findUnusedRights } from './unused-rights.ts';

const STEPS: readonly { readonly name: string; readonly run: () => boolean }[] = [
  { name: 'format and lint', run: () => command('biome', 'check', '--error-on-warnings', '.') },
  { name: 'types', run: () => command('tsc', '--noEmit') },
  {
    name: 'architecture',
    run: () => command('depcruise', '--config', '.dependency-cruiser.mjs', 'src'),
  },
  { name: 'house rules', run: houseRules },
  { name: 'unused code', run: () => command('knip') },
  { name: 'generated files', run: () => command('node', 'scripts/generate.ts', '--check') },
];

let failed = 0;
for (const { name, run } of STEPS) {
  const startMs = performance.now();
  const passed = run();
  if (!passed) failed++;
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
}
for (const { file, lines, importer } of findShortFiles(process.cwd())) {
  console.log(`note   ${file} (${lines} lines) is used by ${basename(importer)} alone: one idea?`);
}
for (const unused of findUnusedRights(process.cwd())) {
  console.log(`note   architecture.json allows what is not done: ${unused}`);
}
process.exitCode = failed === 0 ? 0 : 1;

function command(program: string, ...args: string[]): boolean {
  const result = spawnSync(program, args, { encoding: 'utf8' });
  if (result.status !== 0)
    console.log(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`);
  return result.status === 0;
}

function houseRules(): boolean {
  const violations = findViolations(process.cwd());
  for (const { file, line, message } of violations) console.log(`${file}:${line}: ${message}`);
  return violations.length === 0;
}
