import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** A request as it came in, its body as text. */
export interface ScriptedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a scripted server answers; default status 200, JSON for an object. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | object;
  /** Default 0. */
  readonly afterMs?: number;
}

/** A server whose every answer a test makes. */
export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
}

const started: Server[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Starts a server on loopback; it ends with the test. */
export async function startScriptedServer(
  answer: (request: ScriptedRequest) => ScriptedAnswer,
): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const request = { path: incoming.url ?? '', headers: incoming.headers, body };
      requests.push(request);
      const { status = 200, headers = {}, body: given, afterMs = 0 } = answer(request);
      const type = typeof given === 'string' ? 'text/plain' : 'application/json';
      const end = () => {
        response.writeHead(status, { 'content-type': type, ...headers });
        response.end(typeof given === 'string' ? given : JSON.stringify(given));
      };
      if (afterMs > 0) setTimeout(end, afterMs);
      else end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** The body of a chat completion with one text. */
export function chatCompletion(content: string, more: object = {}): object {
  const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
  return { id: 'c-1', object: 'chat.completion', model: 'm', choices, ...more };
}

/** The same as a stream of one piece for each text. */
export function chatStream(pieces: readonly string[]): ScriptedAnswer {
  const event = (choice: object) =>
    `data: ${JSON.stringify({ id: 'c-1', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, ...choice }] })}\n\n`;
  const events = pieces.map((content) => event({ delta: { content }, finish_reason: null }));
  const body = `${events.join('')}${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`;
  return { headers: { 'content-type': 'text/event-stream' }, body };
}
