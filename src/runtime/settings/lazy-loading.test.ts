import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { sampleFolder } from '../sample-folder.test-support.ts';

const CONFIGURATION = fileURLToPath(new URL('../context/configuration.ts', import.meta.url));

// A process of its own: in this one the test runner has loaded everything already.
const PROGRAM = `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ resolve(specifier, context, next) {
  if (specifier === 'zod' || specifier === 'yaml') loaded.push(specifier);
  return next(specifier, context);
} });
const { loadConfiguration } = await import(process.argv[1]);
const { createEnvironment } = await import(new URL('../environment/environment.ts', 'file://' + process.argv[1]).href);
const environment = createEnvironment({ TUTTI_HOME: process.argv[2], TUTTI_RPM: '5' });
await loadConfiguration({ environment, folder: process.argv[3], providers: [] });
process.stdout.write(loaded.sort().join(','));
`;

it('loads the YAML parser and the schema only when there is a settings file', async () => {
  await using folder = await sampleFolder();
  const run = async (): Promise<string> => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      PROGRAM,
      CONFIGURATION,
      folder.home,
      folder.project,
    ]);
    return stdout;
  };
  expect(await run()).toBe('');
  await folder.write('home/config.yaml', 'run: { rpm: 1 }\n');
  expect(await run()).toMatch(/yaml.*zod/);
});
