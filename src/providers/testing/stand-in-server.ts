import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stand-in server has received. */
interface ReceivedRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers one request of a test. */
export type Reply = (response: ServerResponse, request: ReceivedRequest) => void;

/** A server on loopback that answers every request as the test says at that moment. */
export interface StandIn extends AsyncDisposable {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** Connections ever opened to it. */
  readonly connections: () => number;
  reply: Reply;
}

/** Starts a stand-in server; dispose of it at the end of the test. */
export async function startStandIn(reply: Reply = json({})): Promise<StandIn> {
  let connections = 0;
  const requests: ReceivedRequest[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const received = { url: request.url ?? '', headers: request.headers, body };
      requests.push(received);
      standIn.reply(response, received);
    });
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const standIn: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    reply,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
}

/** Replies with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return text(JSON.stringify(value), status, { 'content-type': 'application/json', ...headers });
}

/** Replies with a body as it is. */
export function text(
  body: string | Buffer,
  status = 200,
  headers: Record<string, string> = {},
): Reply {
  return (response) => {
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
    response.end(body);
  };
}

/** Replies with pieces, each in a chunk of its own. */
export function pieces(list: readonly string[], contentType: string): Reply {
  return async (response) => {
    response.writeHead(200, { 'content-type': contentType });
    for (const piece of list) {
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  };
}
