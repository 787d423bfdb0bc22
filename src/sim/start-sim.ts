import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { systemClock } from '../core/system-clock.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { RequestLog } from './exchange/request-log.ts';
import type { SimCounts, SimRequest } from './exchange/sim-request.ts';
import type { ProtocolName } from './protocols/protocol.ts';
import { openFileLog } from './server/file-log.ts';
import { handleRequest } from './server/handle-request.ts';
import { SimState } from './server/sim-state.ts';
import type { SimOptions } from './settings/sim-options.ts';

const LOOPBACK = '127.0.0.1';
const DEFAULT_LOG_LIMIT = 100_000;
/** Connections that may wait to be accepted: thousands of callers may arrive in one moment. */
const BACKLOG = 4096;
const BASE_PATHS: Readonly<Record<ProtocolName | 'azure-openai', string>> = {
  'openai-chat': '/v1',
  'openai-completion': '/v1',
  'openai-responses': '/v1',
  'azure-openai': '/openai',
  anthropic: '/v1',
  gemini: '/v1beta',
  ollama: '',
  'openai-embeddings': '/v1',
  'gemini-embeddings': '/v1beta',
  'ollama-embeddings': '',
};

/** Running simulated endpoints. */
export interface Sim {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** The base URL under which a protocol is served, as its clients expect it. */
  baseUrl(protocol: ProtocolName | 'azure-openai'): string;
  /** What has been received, oldest first; empty without a log in memory. */
  readonly requests: readonly SimRequest[];
  /** A snapshot of the tallies. */
  readonly counts: SimCounts;
  /** Ends all connections at once; resolves when the port is free and the log is written. */
  close(): Promise<void>;
}

/**
 * Starts simulated endpoints on 127.0.0.1. One port speaks all protocols; the path decides.
 *
 * @throws TuttiError `bad_usage` for a host that is not loopback, `port_in_use`, `file_unwritable`.
 */
export async function startSim(options: SimOptions = {}): Promise<Sim> {
  checkHost(options.host ?? LOOPBACK);
  const { log = 'memory', logLimit = DEFAULT_LOG_LIMIT, clock = systemClock } = options;
  const file = typeof log === 'object' ? await openFileLog(log.file) : null;
  const requestLog = new RequestLog(clock, log === 'memory' ? logLimit : 0, (request) =>
    file?.write(request),
  );
  const state = new SimState(options, clock, requestLog);
  const server = createServer((request, response) => handleRequest(state, request, response));
  // No time-outs of its own: an idle connection that closes by itself would be an unasked fault.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  const sockets = trackSockets(server);
  const port = await listen(server, options.port ?? 0).catch(async (error: unknown) => {
    await file?.close();
    throw error;
  });
  const url = `http://${LOOPBACK}:${port}`;
  return {
    url,
    port,
    baseUrl: (protocol) => url + BASE_PATHS[protocol],
    requests: requestLog.requests,
    get counts() {
      return requestLog.counts;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // The server counts a socket as gone before the records of its requests have ended.
      await Promise.all([closed, ...[...sockets].map(endSocket)]);
      await file?.close();
    },
  };
}

function checkHost(host: string): void {
  if (host === LOOPBACK || host === 'localhost') return;
  throw new TuttiError('bad_usage', `simulated endpoints do not listen on "${host}"`, {
    hint: `They take any key and serve only this machine: leave the host out, or say ${LOOPBACK}.`,
  });
}

/** Keeps the open sockets, also those that the HTTP server no longer counts as connections. */
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

function endSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.destroy();
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      reject(
        isTaken || cause.code === 'EACCES'
          ? new TuttiError(
              'port_in_use',
              `port ${port} of ${LOOPBACK} ${isTaken ? 'is already in use' : 'may not be used'}`,
              {
                hint: 'Choose another port, or 0 for any free one.',
                cause,
              },
            )
          : cause,
      );
    });
    server.listen({ port, host: LOOPBACK, backlog: BACKLOG }, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}
