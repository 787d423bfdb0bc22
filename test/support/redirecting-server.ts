import { createServer, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createListener,
  type Server as Listener,
} from 'node:net';
import { afterEach } from 'vitest';

const started: (Server | Listener)[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A place where nobody should ever come. */
export interface ForbiddenPlace {
  readonly port: number;
  /** Connections that were opened all the same. */
  readonly connections: () => number;
}

/** Listens on loopback and counts; ends with the test. */
export async function startForbiddenPlace(): Promise<ForbiddenPlace> {
  let connections = 0;
  const listener = createListener((socket) => {
    connections++;
    socket.destroy();
  });
  const port = await listen(listener);
  return { port, connections: () => connections };
}

/** Starts a server that answers everything with a redirect; ends with the test. */
export async function startRedirectingServer(
  status: number,
  location: string,
): Promise<{ readonly url: string; readonly paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    request.resume();
    response.writeHead(status, { location, 'content-length': 0 });
    response.end();
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, paths };
}

async function listen(server: Server | Listener): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push(server);
  return (server.address() as AddressInfo).port;
}
