import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { type Sim, startSim } from './index.ts';

let clock: FakeClock;
let sim: Sim;
beforeEach(async () => {
  clock = new FakeClock();
  sim = await startSim({ clock, processingMs: 5_000, apiKeys: ['right'] });
});
afterEach(() => sim.close());

const KEY = { 'x-goog-api-key': 'right' };
const bytes = Buffer.from('%PDF-1.4');

async function bring(name: string) {
  const started = await fetch(`${sim.url}/upload/v1beta/files`, {
    method: 'POST',
    headers: {
      ...KEY,
      'x-goog-upload-protocol': 'resumable',
      'x-goog-upload-command': 'start',
      'x-goog-upload-header-content-length': String(bytes.length),
      'x-goog-upload-header-content-type': 'application/pdf',
    },
    body: JSON.stringify({ file: { display_name: name } }),
  });
  const address = started.headers.get('x-goog-upload-url')!;
  const headers = {
    ...KEY,
    'x-goog-upload-offset': '0',
    'x-goog-upload-command': 'upload, finalize',
  };
  const ended = await fetch(address, { method: 'POST', headers, body: bytes });
  return ((await ended.json()) as { file: { name: string; uri: string } }).file;
}

const get = async (path: string, method = 'GET', headers: Record<string, string> = KEY) => {
  const response = await fetch(`${sim.url}/v1beta/${path}`, { method, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const ask = async (fileUri: string) => {
  const body = { contents: [{ role: 'user', parts: [{ fileData: { fileUri } }] }] };
  const path = `${sim.url}/v1beta/models/m:generateContent`;
  const response = await fetch(path, { method: 'POST', headers: KEY, body: JSON.stringify(body) });
  return response.status;
};

it('keeps a file that comes in two requests, and says what it is', async () => {
  const file = await bring('a.pdf');
  expect(file).toMatchObject({
    displayName: 'a.pdf',
    mimeType: 'application/pdf',
    sizeBytes: '8',
    state: 'PROCESSING',
    sha256Hash: Buffer.from(createHash('sha256').update(bytes).digest('hex')).toString('base64'),
  });
  expect((await get(file.name)).body).toEqual(file);
});

it('answers about a file once it has been processed', async () => {
  const { uri, name } = await bring('a.pdf');
  expect(await ask(uri)).toBe(400);
  await clock.advance(5_000);
  expect((await get(name)).body.state).toBe('ACTIVE');
  expect(await ask(uri)).toBe(200);
  expect(await ask(`${uri}x`)).toBe(403);
});

it('lists files by pages, removes them, and forgets them after two days', async () => {
  const files = [await bring('a'), await bring('b'), await bring('c')];
  const first = await get('files?pageSize=2');
  expect(first.body.files).toHaveLength(2);
  const rest = await get(`files?pageSize=2&pageToken=${first.body.nextPageToken}`);
  expect(rest.body).toMatchObject({ files: [{ displayName: 'c' }] });
  expect(rest.body.nextPageToken).toBeUndefined();
  expect((await get(files[0]!.name, 'DELETE')).status).toBe(200);
  expect((await get(files[0]!.name)).status).toBe(403);
  await clock.advance(48 * 60 * 60 * 1000);
  expect((await get(files[1]!.name)).status).toBe(403);
});

it('wants the key that it was told', async () => {
  expect((await get('files', 'GET', {})).status).toBe(400);
});

it('logs long base64 by its hash', async () => {
  const data = Buffer.alloc(100_000, 7).toString('base64');
  const sha256 = createHash('sha256').update(Buffer.alloc(100_000, 7)).digest('hex');
  const short = `[100000 bytes, sha256 ${sha256}]`;
  const text = 'x'.repeat(100_000);
  const url = `data:image/png;base64,${data}`;
  const content = [
    { type: 'text', text },
    { type: 'image_url', image_url: { url } },
  ];
  await fetch(`${sim.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer right' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content, images: [data] }] }),
  });
  expect(sim.requests.at(-1)!.body).toEqual({
    model: 'm',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${short}` } },
        ],
        images: [short],
      },
    ],
  });
});

it("leaves OpenAI's files to OpenAI", async () => {
  const headers = { authorization: 'Bearer right' };
  const response = await fetch(`${sim.url}/v1/files`, { method: 'POST', headers, body: '{}' });
  expect([response.status, await response.json()]).toEqual([
    404,
    { error: expect.objectContaining({ type: expect.any(String) }) },
  ]);
});
