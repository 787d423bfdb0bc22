import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleFolder } from '../sample-folder.test-support.ts';
import { reportKeys } from './key-report.ts';
import { resolveModel } from './resolve-model.ts';

async function resolve(
  variables: Record<string, string>,
  { config = '', files = {} as Record<string, string> } = {},
) {
  await using folder = await sampleFolder();
  await folder.write('home/config.yaml', config);
  for (const [path, text] of Object.entries(files)) await folder.write(path, text);
  const context = await folder.load({ HOME: join(folder.home, '..', 'user'), ...variables });
  return { context, model: resolveModel('vertexai/gemini-2.5', context), folder };
}

const LOGIN = 'user/.config/gcloud/application_default_credentials.json';

describe("a model with Google's default credentials", () => {
  it('has the file that the variable names', async () => {
    const { model } = await resolve(
      { GOOGLE_APPLICATION_CREDENTIALS: '/keys/me.json' },
      { files: { [LOGIN]: '{}' } },
    );
    expect(model).toMatchObject({
      apiKey: null,
      credentials: { file: '/keys/me.json', where: 'GOOGLE_APPLICATION_CREDENTIALS (shell)' },
      keySource: { variable: 'GOOGLE_APPLICATION_CREDENTIALS', where: 'shell' },
    });
  });

  it("has that of gcloud's login, and the project that gcloud has chosen", async () => {
    const { model } = await resolve(
      {},
      {
        files: {
          [LOGIN]: '{}',
          'user/.config/gcloud/active_config': 'work\n',
          'user/.config/gcloud/configurations/config_work':
            '[compute]\nproject = other\n[core]\naccount = me@example.org\nproject = chosen-1\n',
        },
      },
    );
    expect(model).toMatchObject({
      credentials: { file: expect.stringContaining(LOGIN), project: 'chosen-1' },
      keySource: { variable: 'gcloud login' },
    });
  });

  it('asks the metadata server where there is no file', async () => {
    const { model } = await resolve({ GCE_METADATA_HOST: '127.0.0.1:9' });
    expect(model).toMatchObject({
      credentials: { file: null, metadataHost: '127.0.0.1:9', project: null },
      keySource: null,
    });
    const hostile = await resolve({ GCE_METADATA_HOST: 'evil/x?' });
    expect(hostile.model).toMatchObject({
      credentials: { metadataHost: 'metadata.google.internal' },
    });
  });

  it("takes project and location by prompto's rule, and a key before all", async () => {
    const { model } = await resolve({
      VERTEXAI_PROJECT_ID_gemini_2_5: 'own',
      VERTEXAI_PROJECT_ID: 'usual',
      VERTEXAI_LOCATION_ID: 'europe-west4',
      VERTEXAI_API_KEY: 'AQ.0123456789abcdef',
    });
    expect(model).toMatchObject({
      project: 'own',
      location: 'europe-west4',
      apiKey: 'AQ.0123456789abcdef',
    });
    expect(model).not.toHaveProperty('credentials', expect.anything());
  });

  it('sends them to no other address that an endpoint of the user names', async () => {
    const config = `endpoints:
  own: {provider: vertexai, project: p, location: eu}
  gateway: {provider: vertexai, baseUrl: "https://gateway.example/v1"}`;
    const { context } = await resolve({ GOOGLE_APPLICATION_CREDENTIALS: '/k.json' }, { config });
    expect(resolveModel('own/m', context)).toMatchObject({
      project: 'p',
      location: 'eu',
      credentials: { file: '/k.json' },
    });
    expect(resolveModel('gateway/m', context)).not.toHaveProperty('credentials', expect.anything());
  });

  it('is reported as ready with them, and as not set up without any', async () => {
    const reportOf = ({ context }: Awaited<ReturnType<typeof resolve>>) =>
      reportKeys(context).find(({ name }) => name === 'vertexai');
    expect(reportOf(await resolve({ GOOGLE_APPLICATION_CREDENTIALS: '/k.json' }))).toMatchObject({
      ready: true,
      key: { variable: 'GOOGLE_APPLICATION_CREDENTIALS', ends: null },
    });
    expect(reportOf(await resolve({}))).toMatchObject({
      ready: false,
      keyVariables: ['VERTEXAI_API_KEY', 'GOOGLE_APPLICATION_CREDENTIALS'],
    });
  });
});
