import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { generateProviders, readProviders } from '../../scripts/generate-providers.ts';
import { openEndpoint, PROVIDERS } from './index.ts';
import { STOPPED_CLOCK, testSettings } from './testing/ask-endpoint.ts';

const run = promisify(execFile);
const INDEX = new URL('./index.ts', import.meta.url).href;

describe('the list of providers', () => {
  it('is as the generator writes it', async () => {
    for (const { path, content } of generateProviders(await readProviders())) {
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(content);
    }
  });

  it('names each provider once, and its variables in capitals', () => {
    const names = PROVIDERS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, keyVariables, keyRequired, baseUrlVariables, defaultBaseUrl } of PROVIDERS) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      for (const variable of [...keyVariables, ...baseUrlVariables])
        expect(variable).toMatch(/^[A-Z][A-Z0-9_]+$/);
      if (keyRequired) expect(keyVariables.length).toBeGreaterThan(0);
      if (defaultBaseUrl !== null) expect(URL.canParse(defaultBaseUrl)).toBe(true);
    }
  });

  it('answers an unknown name with the nearest one', async () => {
    const endpoint = openEndpoint(testSettings('opena', 'http://127.0.0.1:1'), STOPPED_CLOCK);
    await expect(endpoint.model('m', 'opena/m')).rejects.toMatchObject({
      code: 'unknown_model',
      hint: 'Did you mean `openai`?',
    });
    await endpoint.close();
  });

  it('is read without loading a library', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (found.url.includes('node_modules')) console.log(found.url);
        return found;
      } });
      const { PROVIDERS, openEndpoint } = await import(${JSON.stringify(INDEX)});
      openEndpoint({}, {});
      console.log(PROVIDERS.length);`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout.trim()).toBe(String(PROVIDERS.length));
  });
});
