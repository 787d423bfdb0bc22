import { expect, test } from 'vitest';
import { PROVIDERS } from '../../src/providers/index.ts';
import { startForbiddenPlace, startRedirectingServer } from '../support/redirecting-server.ts';
import type { ResultRecord } from '../support/run-results.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const PROVIDED = PROVIDERS.filter(({ baseUrlVariables }) => baseUrlVariables.length > 0);

test.each([301, 302, 307, 308])(
  'a redirect (%i) is an error that names the host, for every provider, and nobody goes there',
  async (status) => {
    const forbidden = await startForbiddenPlace();
    const host = `127.0.0.1:${forbidden.port}`;
    const server = await startRedirectingServer(status, `http://${host}/v1/stolen?key=1`);
    const env: Record<string, string> = {};
    for (const { baseUrlVariables, keyVariables } of PROVIDED) {
      env[baseUrlVariables[0]!] = server.url;
      if (keyVariables[0]) env[keyVariables[0]] = 'sk-0123456789abcdefghij';
    }
    const models = [...PROVIDED.map(({ name }) => `${name}/m`), `${server.url}/v1#m`];
    const words = ['ask', 'hi', '--json', ...models.flatMap((model) => ['-m', model])];
    const { code, stdout, stderr } = await tutti(words, { cwd: temporaryFolder(), env });
    expect(code, stderr).toBe(1);
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ResultRecord);
    expect(records.map(({ model }) => model).sort()).toEqual(models.sort());
    for (const { answer, model } of records) {
      expect(answer.error!.code, model).toBe('unexpected_redirect');
      expect(answer.error!.message, model).toContain(host);
    }
    expect(server.paths).toHaveLength(models.length);
    expect(forbidden.connections()).toBe(0);
  },
);
