import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';

/** An answer that a server gave, noted outside of the program that got it. */
export interface NotedAnswer {
  readonly text: string;
  readonly finishReason: string;
}

/** A server between a program and simulated endpoints. */
export interface NotingServer {
  /** The reference of a model behind it. */
  readonly reference: string;
  /** Answers by the text of the first message of the user that they are to. */
  readonly answers: ReadonlyMap<string, readonly NotedAnswer[]>;
}

const started: Server[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Starts a server that hands on each chat request to simulated endpoints and notes the answer; it ends with the test. */
export async function startNotingServer(sim: Sim): Promise<NotingServer> {
  const answers = new Map<string, NotedAnswer[]>();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks).toString();
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(sim.url + incoming.url, { method: 'POST', headers, body });
      const text = await reply.text();
      const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
      const { choices = [] } = JSON.parse(text);
      const asked = messages.find(({ role }) => role === 'user')!.content;
      const noted = answers.get(asked) ?? [];
      for (const { message, finish_reason: finishReason } of choices) {
        noted.push({ text: message.content, finishReason });
      }
      answers.set(asked, noted);
      response.writeHead(reply.status, headers);
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1_000, resolve));
  started.push(server);
  const { port } = server.address() as AddressInfo;
  return { reference: `http://127.0.0.1:${port}/v1#m`, answers };
}
