import { createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallError } from '../../core/call-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { Generation } from '../../core/model.ts';
import type { EndpointSettings } from '../endpoint-settings.ts';
import { openEndpoint } from '../open-endpoint.ts';
import { STOPPED_CLOCK, testSettings } from '../testing/ask-endpoint.ts';
import { json, type Reply, type StandIn, startStandIn } from '../testing/stand-in-server.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const REFRESH_TOKEN = '1//0gRefreshTokenOfTheUser-abcdef';
const CLIENT_SECRET = 'd-FL95Q19q7MQmFpd7hHD0Ty';
const ANSWER = {
  candidates: [{ content: { role: 'model', parts: [{ text: '4' }] }, finishReason: 'STOP' }],
  modelVersion: 'gemini-2.5-flash',
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 1 },
};

let folder: string;
let server: StandIn;
let given: number;
/** How the token server answers; the n-th token is `ya29.token-n-…`. */
let tokenReply: Reply;
let modelReply: Reply;
const textOfToken = (number: number) => `ya29.token-${number}-AbCdEfGhIjKlMnOpQrStUv`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-vertexai-'));
  given = 0;
  tokenReply = (response, request) =>
    json({ access_token: textOfToken(++given), expires_in: 3600, token_type: 'Bearer' }, 200, {
      'metadata-flavor': 'Google',
    })(response, request);
  modelReply = json(ANSWER);
  server = await startStandIn((response, request) => {
    const isToken = /token$/.test(request.url);
    if (request.url === '/computeMetadata/v1/project/project-id') {
      response.writeHead(200, { 'metadata-flavor': 'Google' }).end('machine-project');
    } else (isToken ? tokenReply : modelReply)(response, request);
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const tokenRequests = () => server.requests.filter(({ url }) => /token$/.test(url));
const modelRequests = () => server.requests.filter(({ url }) => url.includes(':generateContent'));

async function credentials(content: unknown): Promise<EndpointSettings['credentials']> {
  const file = join(folder, 'credentials.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { file, where: 'GOOGLE_APPLICATION_CREDENTIALS', metadataHost: 'nobody', project: null };
}

const serviceAccount = (more: object = {}) => ({
  type: 'service_account',
  project_id: 'my-project',
  private_key_id: 'key-7',
  private_key: privateKey,
  client_email: 'me@my-project.iam.gserviceaccount.com',
  token_uri: `${server.url}/token`,
  ...more,
});
const user = () => ({
  type: 'authorized_user',
  client_id: 'client.apps.googleusercontent.com',
  client_secret: CLIENT_SECRET,
  refresh_token: REFRESH_TOKEN,
  quota_project_id: 'quota-project',
  token_uri: `${server.url}/token`,
});

/** A clock that a test moves. */
function movableClock(): Clock & { passMs(ms: number): void; sleepMs(ms: number): void } {
  let [monotonic, wall] = [0, Date.UTC(2026, 0, 1)];
  return {
    monotonicMs: () => monotonic,
    wallMs: () => wall,
    after: () => () => {},
    passMs(ms) {
      monotonic += ms;
      wall += ms;
    },
    sleepMs(ms) {
      wall += ms;
    },
  };
}

async function open(more: Partial<EndpointSettings>, clock: Clock = STOPPED_CLOCK) {
  const settings = testSettings('vertexai', `${server.url}/v1`, { apiKey: null, ...more });
  const endpoint = openEndpoint({ ...settings, secrets: [] }, clock);
  const model = async (id: string) => {
    const opened = await endpoint.model(id, `vertexai/${id}`);
    return (signal = new AbortController().signal): Promise<Generation> =>
      opened.generate(
        { messages: [{ role: 'user', content: '2+2?' }], parameters: {}, choices: 1 },
        { signal },
      );
  };
  return { model, [Symbol.asyncDispose]: () => endpoint.close() };
}

const failure = (call: Promise<unknown>): Promise<CallError> =>
  call.then(
    () => Promise.reject(new Error('it was answered')),
    (error) => error,
  );

describe('vertexai with the key of a service account', () => {
  it('asks for a token by a signed JSON Web Token, and the model by the token', async () => {
    await using endpoint = await open({ credentials: await credentials(serviceAccount()) });
    const ask = await endpoint.model('gemini-2.5-flash');
    expect((await ask()).texts).toEqual(['4']);
    const form = new URLSearchParams(tokenRequests()[0]!.body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [head = '', claims = '', signature = ''] = form.get('assertion')!.split('.');
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(read(head)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-7' });
    const issuedAt = Date.UTC(2026, 0, 1) / 1000;
    expect(read(claims)).toEqual({
      iss: 'me@my-project.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      aud: `${server.url}/token`,
      iat: issuedAt,
      exp: issuedAt + 3600,
    });
    const verifier = createVerify('sha256').update(`${head}.${claims}`);
    expect(verifier.verify(publicKey, signature, 'base64url')).toBe(true);
    const [request] = modelRequests();
    expect(request!.headers.authorization).toBe(`Bearer ${textOfToken(1)}`);
    expect(request!.headers['x-goog-api-key']).toBeUndefined();
    expect(request!.url).toBe(
      '/v1/projects/my-project/locations/global/publishers/google/models/gemini-2.5-flash:generateContent',
    );
  });

  it.each([
    ['m', 'projects/p/locations/eu/publishers/google/models/m'],
    ['meta/llama-4', 'projects/p/locations/eu/publishers/meta/models/llama-4'],
    ['publishers/google/models/m', 'projects/p/locations/eu/publishers/google/models/m'],
    ['endpoints/123', 'projects/p/locations/eu/endpoints/123'],
    ['projects/q/locations/us/endpoints/1', 'projects/q/locations/us/endpoints/1'],
    ['m?x=1#y', 'projects/p/locations/eu/publishers/google/models/m%3Fx=1%23y'],
  ])('asks %s at its resource in the project and location of the settings', async (id, path) => {
    const more = { credentials: await credentials(serviceAccount()), project: 'p', location: 'eu' };
    await using endpoint = await open(more);
    await (await endpoint.model(id))();
    expect(modelRequests()[0]!.url).toBe(`/v1/${path}:generateContent`);
  });

  it('fetches one token for many calls, and renews it before it ends without holding them up', async () => {
    const clock = movableClock();
    await using endpoint = await open({ credentials: await credentials(serviceAccount()) }, clock);
    const ask = await endpoint.model('m');
    await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(tokenRequests()).toHaveLength(1);
    clock.passMs(3_600_000 - 226_000);
    await ask();
    expect(tokenRequests()).toHaveLength(1);
    clock.passMs(2_000);
    await Promise.all(Array.from({ length: 20 }, () => ask()));
    await expect.poll(() => given).toBe(2);
    expect(modelRequests().at(-1)!.headers.authorization).toBe(`Bearer ${textOfToken(1)}`);
    await expect
      .poll(async () => {
        await ask();
        return modelRequests().at(-1)!.headers.authorization;
      })
      .toBe(`Bearer ${textOfToken(2)}`);
    expect(tokenRequests()).toHaveLength(2);
  });

  it('sends no token that ended while the machine slept', async () => {
    const clock = movableClock();
    await using endpoint = await open({ credentials: await credentials(serviceAccount()) }, clock);
    const ask = await endpoint.model('m');
    await ask();
    clock.sleepMs(3_600_000);
    await ask();
    expect(modelRequests().at(-1)!.headers.authorization).toBe(`Bearer ${textOfToken(2)}`);
  });

  it('goes on with a token that still serves when its renewal fails', async () => {
    const clock = movableClock();
    await using endpoint = await open({ credentials: await credentials(serviceAccount()) }, clock);
    const ask = await endpoint.model('m');
    await ask();
    clock.passMs(3_400_000);
    tokenReply = json({ error: 'backend' }, 503);
    for (let call = 0; call < 5; call++) await ask();
    expect(modelRequests()).toHaveLength(6);
    // The failed one is not repeated for each call.
    await expect.poll(() => tokenRequests().length).toBe(2);
  });

  it('ends a call that waits for its token when it is told to', async () => {
    await using endpoint = await open({ credentials: await credentials(serviceAccount()) });
    const ask = await endpoint.model('m');
    tokenReply = () => {};
    const stop = new AbortController();
    const call = ask(stop.signal);
    await expect.poll(() => tokenRequests().length).toBe(1);
    stop.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(modelRequests()).toEqual([]);
  });

  it.each([
    [400, { error: 'invalid_grant', error_description: 'Invalid JWT.' }, 'unauthorized', false],
    [503, 'oops', 'server_error', true],
    [200, { id_token: 'x' }, 'response_not_json', true],
    [200, { access_token: 'a\nb' }, 'response_not_json', true],
  ])('tells what the token server says: %d %j', async (status, body, code, retryable) => {
    await using endpoint = await open({ credentials: await credentials(serviceAccount()) });
    tokenReply = json(body, status);
    const error = await failure((await endpoint.model('m'))());
    expect([error.code, error.retryable]).toEqual([code, retryable]);
    if (code === 'unauthorized') expect(error.message).toContain('invalid_grant: Invalid JWT.');
    expect(modelRequests()).toEqual([]);
  });

  it('tells of a token server that answers in an encoding which nobody knows', async () => {
    await using endpoint = await open({ credentials: await credentials(serviceAccount()) });
    tokenReply = json({}, 200, { 'content-type': 'application/json; charset=x-none' });
    const error = await failure((await endpoint.model('m'))());
    expect(error.code).toBe('encoding_refused');
  });

  it('shows no token that a model echoes, nor what was sent for it', async () => {
    await using endpoint = await open({ credentials: await credentials(user()), project: 'p' });
    const ask = await endpoint.model('m');
    modelReply = (response, request) => {
      const echo = `you sent ${request.headers.authorization}`;
      const parts = [{ text: echo }];
      json({ candidates: [{ content: { parts }, finishReason: 'STOP' }] })(response, request);
    };
    expect((await ask()).texts).toEqual(['you sent Bearer [key]']);
    modelReply = (response, request) =>
      json({ ...ANSWER, modelVersion: request.headers.authorization })(response, request);
    expect((await ask()).model).toBe('Bearer [key]');
    modelReply = (response, request) =>
      json({ error: { message: request.headers.authorization } }, 403)(response, request);
    expect((await failure(ask())).message).not.toContain('ya29');
    tokenReply = (response, request) =>
      json({ error: 'bad', error_description: request.body }, 401)(response, request);
    await using other = await open({ credentials: await credentials(user()), project: 'p' });
    const { message, hint } = await failure((await other.model('m'))());
    for (const secret of [REFRESH_TOKEN, CLIENT_SECRET, encodeURIComponent(REFRESH_TOKEN)]) {
      expect(`${message} ${hint}`).not.toContain(secret);
    }
  });

  it.each([
    ['{"type"', /is no JSON object/],
    [{ type: 'service_account', client_email: 'a@b' }, /has no private_key/],
    [{ type: 'external_account' }, /of the kind external_account/],
    [serviceAccountAt('http://tokens.example/token'), /has a token_uri that is no https address/],
    [serviceAccountAt('file:///etc/passwd'), /has a token_uri that is no https address/],
  ])('refuses the file %j before anything is sent', async (content, why) => {
    await using endpoint = await open({ credentials: await credentials(content) });
    const error = await failure(endpoint.model('m'));
    expect(error).toMatchObject({ code: 'bad_settings', message: expect.stringMatching(why) });
    expect(JSON.stringify(error)).not.toContain('PRIVATE KEY');
    expect(server.requests).toEqual([]);
  });

  it('shows nothing of a private key that is none', async () => {
    const content = serviceAccount({ private_key: `${privateKey.slice(0, 200)}-broken` });
    await using endpoint = await open({ credentials: await credentials(content) });
    const error = await failure((await endpoint.model('m'))());
    expect(error.code).toBe('unauthorized');
    expect(`${error.stack}${error.cause}`).not.toContain(privateKey.slice(40, 80));
  });
});

function serviceAccountAt(token_uri: string) {
  return { type: 'service_account', private_key: privateKey, client_email: 'a@b', token_uri };
}

describe('vertexai with the login of a user', () => {
  it('asks for a token by the refresh token, and names the project of the quota', async () => {
    const own = await credentials(user());
    await using endpoint = await open({ credentials: { ...own!, project: 'chosen-by-gcloud' } });
    await (await endpoint.model('m'))();
    expect(Object.fromEntries(new URLSearchParams(tokenRequests()[0]!.body))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'client.apps.googleusercontent.com',
      client_secret: CLIENT_SECRET,
      refresh_token: REFRESH_TOKEN,
    });
    const [request] = modelRequests();
    expect(request!.headers['x-goog-user-project']).toBe('quota-project');
    expect(request!.url).toContain('/v1/projects/chosen-by-gcloud/locations/global/');
  });
});

it('is refused before anything is sent when nothing names the project', async () => {
  await using endpoint = await open({ credentials: await credentials(user()) });
  expect(await failure(endpoint.model('m'))).toMatchObject({
    code: 'bad_settings',
    hint: expect.stringContaining('VERTEXAI_PROJECT_ID'),
  });
  expect(server.requests).toEqual([]);
});

describe('vertexai on a machine with a metadata server', () => {
  const machine = (url: string): EndpointSettings['credentials'] => ({
    file: null,
    where: 'GOOGLE_APPLICATION_CREDENTIALS',
    metadataHost: new URL(url).host,
    project: null,
  });

  it('asks it for project and token, by its own header', async () => {
    await using endpoint = await open({ credentials: machine(server.url) });
    await (await endpoint.model('m'))();
    const [token] = tokenRequests();
    expect(token!.url).toBe('/computeMetadata/v1/instance/service-accounts/default/token');
    expect(token!.headers['metadata-flavor']).toBe('Google');
    expect(modelRequests()[0]!.url).toContain('/v1/projects/machine-project/');
  });

  it('says where credentials were looked for when there is none', async () => {
    await using gone = await startStandIn();
    await using endpoint = await open({ credentials: machine(gone.url) });
    expect(await failure(endpoint.model('m'))).toMatchObject({
      code: 'missing_key',
      message: expect.stringContaining('looked for GOOGLE_APPLICATION_CREDENTIALS'),
    });
  });
});

it('without credentials and key sends none', async () => {
  await using endpoint = await open({});
  await (await endpoint.model('m'))();
  const [{ headers, url }] = modelRequests() as [StandIn['requests'][number]];
  expect([headers.authorization, headers['x-goog-api-key']]).toEqual([undefined, undefined]);
  expect(url).toBe('/v1/publishers/google/models/m:generateContent');
});
