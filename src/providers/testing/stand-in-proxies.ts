import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket, createServer as tcp } from 'node:net';

/** A proxy on loopback that takes every host for this machine. */
export interface StandInProxy extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Where it was asked to connect to, as it was written. */
  readonly targets: string[];
  /** `user:password` of each time it was asked, empty without. */
  readonly credentials: string[];
}

/** What a CONNECT proxy answers; undefined: it connects. */
export type ConnectReply = string | undefined;

/** Starts an HTTP proxy that only connects. A reply is a whole head, such as `HTTP/1.1 403 Forbidden`. */
export async function startConnectProxy(reply?: ConnectReply): Promise<StandInProxy> {
  const targets: string[] = [];
  const credentials: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket: Socket) => {
    targets.push(request.url ?? '');
    const given = request.headers['proxy-authorization']?.replace('Basic ', '') ?? '';
    credentials.push(Buffer.from(given, 'base64').toString());
    if (request.headers.connection === 'close') socket.end('HTTP/1.1 400 Wants To Close\r\n\r\n');
    else if (reply === undefined)
      join(socket, portOf(request.url ?? ''), 'HTTP/1.1 200 OK\r\n\r\n');
    else socket.end(`${reply}\r\n\r\n`);
  });
  return listening(server, { targets, credentials });
}

/** How a SOCKS server meets its clients. */
export interface SocksRules {
  /** `user:password` that it wants; default: none. */
  readonly credentials?: string;
  /** Answers every wish to connect with this code; default: it connects. */
  readonly code?: number;
}

/** Starts a SOCKS 5 server. */
export async function startSocksProxy(rules: SocksRules = {}): Promise<StandInProxy> {
  const targets: string[] = [];
  const credentials: string[] = [];
  const server = tcp((socket) => {
    void serveSocks(socket, rules, { targets, credentials }).catch(() => socket.destroy());
  });
  return listening(server, { targets, credentials });
}

async function serveSocks(
  socket: Socket,
  rules: SocksRules,
  { targets, credentials }: Pick<StandInProxy, 'targets' | 'credentials'>,
): Promise<void> {
  socket.on('error', () => {});
  const methods = await next(socket);
  const wanted = rules.credentials === undefined ? 0 : 2;
  if (!methods.subarray(2).includes(wanted)) return void socket.end(Buffer.from([5, 0xff]));
  socket.write(Buffer.from([5, wanted]));
  if (wanted === 2) {
    const given = await next(socket);
    const end = 2 + given[1]!;
    credentials.push(`${given.toString('utf8', 2, end)}:${given.toString('utf8', end + 1)}`);
    const isRight = credentials.at(-1) === rules.credentials;
    socket.write(Buffer.from([1, isRight ? 0 : 1]));
    if (!isRight) return void socket.end();
  }
  const wish = await next(socket);
  const end = wish.length - 2;
  const host = wish[3] === 3 ? wish.toString('utf8', 5, end) : [...wish.subarray(4, end)].join('.');
  targets.push(`${host}:${wish.readUInt16BE(end)}`);
  const answer = Buffer.from([5, rules.code ?? 0, 0, 1, 127, 0, 0, 1, 0, 0]);
  if (rules.code === undefined) join(socket, wish.readUInt16BE(end), answer);
  else socket.end(answer);
}

function next(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => socket.once('data', resolve));
}

function join(socket: Socket, port: number, greeting: string | Buffer): void {
  const server = connect(port, '127.0.0.1', () => {
    socket.write(greeting);
    server.pipe(socket).pipe(server);
  });
  server.on('error', () => socket.destroy());
  socket.on('error', () => server.destroy());
  socket.on('close', () => server.destroy());
}

function portOf(target: string): number {
  return Number(target.slice(target.lastIndexOf(':') + 1));
}

async function listening(
  server: Server,
  seen: Pick<StandInProxy, 'targets' | 'credentials'>,
): Promise<StandInProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...seen,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
