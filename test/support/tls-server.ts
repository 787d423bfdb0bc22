import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { TestCertificate } from './bad-certificates.ts';

/** An HTTPS server on loopback that answers in the OpenAI chat protocol. */
export interface TlsServer {
  readonly port: number;
  /** Requests that came through. */
  readonly requests: () => number;
  /** Connections that were opened, whatever became of them. */
  readonly connections: () => number;
}

const started: Server[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Starts a server with a certificate; it ends with the test. */
export async function startTlsServer(certificate: TestCertificate): Promise<TlsServer> {
  let requests = 0;
  let connections = 0;
  const server = createServer(certificate, (request, response) => {
    requests++;
    request.resume();
    const message = { role: 'assistant', content: 'safe and sound' };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: '1', object: 'chat.completion', model: 'm', choices }));
  });
  server.on('connection', () => connections++);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push(server);
  const { port } = server.address() as AddressInfo;
  return { port, requests: () => requests, connections: () => connections };
}
