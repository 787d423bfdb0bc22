import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** Bytes that one answer sends at a time; all answers take turns on the line. */
const PIECE_BYTES = 64 * 1024;

const started: Server[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** How a slow line answers. */
export interface SlowLineOptions {
  /** Bytes of the line in each millisecond, shared by all answers; 0: as fast as it can. */
  readonly bytesPerMs: number;
  /** True leaves the length of an answer out of its head. */
  readonly chunked?: boolean;
}

/** Starts a server whose answers, of so many characters each, begin at once and share one line. */
export async function startSlowLine(
  characters: number,
  { bytesPerMs, chunked = false }: SlowLineOptions,
): Promise<{ readonly url: string }> {
  const open: { response: ServerResponse; body: Buffer; at: number }[] = [];
  let owed = 0;
  const timer = setInterval(() => {
    owed = Math.min(owed + (bytesPerMs || 1e9) * 5, 8 * 1024 * 1024);
    for (let turns = open.length; owed > 0 && turns > 0; turns--) {
      const one = open.shift()!;
      if (one.response.destroyed) continue;
      if (one.response.writableLength > PIECE_BYTES) {
        open.push(one);
        continue;
      }
      const end = Math.min(one.at + PIECE_BYTES, one.body.length);
      one.response.write(one.body.subarray(one.at, end));
      owed -= end - one.at;
      one.at = end;
      if (end === one.body.length) one.response.end();
      else open.push(one);
    }
  }, 5);
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { messages } = JSON.parse(Buffer.concat(chunks).toString());
      const prompt: string = messages.at(-1).content;
      const content = `${prompt} ${'x'.repeat(characters)}`;
      const choices = [
        { index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' },
      ];
      const body = Buffer.from(JSON.stringify({ id: 'c', model: 'm', choices }));
      response.writeHead(200, {
        'content-type': 'application/json',
        ...(!chunked && { 'content-length': body.length }),
      });
      open.push({ response, body, at: 0 });
    });
  });
  server.on('close', () => clearInterval(timer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
