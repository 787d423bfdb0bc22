// The benchmark's own server: as little as can answer a chat completion, so that it is never the limit.
// Started as a process of its own: node bare-server.ts '{"delayMs": {"slow": 80}, "requestsPerMinute": 6000}'
import { createServer, type Socket } from 'node:net';

interface Settings {
  /** Delay of the answer by model name, in milliseconds; `*` is for all others. */
  readonly delayMs?: Readonly<Record<string, number>>;
  /** Answers 429 above this rate: continuous refill, and room for one second's worth. */
  readonly requestsPerMinute?: number;
  /** Length of an answer's text; default a short sentence. */
  readonly answerCharacters?: number;
  /** The answer's text; default by its length. */
  readonly answerText?: string;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as Settings;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('content-length: ');
/** As Python's clients write it. */
const CAPITAL_LENGTH = Buffer.from('Content-Length: ');
const MODEL = Buffer.from('"model":"');
const FILLED = 'x'.repeat(settings.answerCharacters ?? 0) || 'The answer is 42.';
const TEXT = JSON.stringify(settings.answerText ?? FILLED);
const ANSWER = reply(
  200,
  `{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":${TEXT}},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":6,"total_tokens":18}}`,
);
const TOO_FAST = reply(429, '{"error":{"message":"too fast","code":"rate_limit_exceeded"}}');
const counts = { requests: 0, tooFast: 0, inFlight: 0, peakInFlight: 0, firstMs: 0, lastMs: 0 };
const bucket = { level: 0, updatedMs: performance.now() };

const server = createServer((socket) => {
  socket.setNoDelay(true);
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let used = take(socket, rest); used > 0; used = take(socket, rest)) {
      rest = rest.subarray(used);
    }
  });
  socket.on('error', () => {});
});

/** Answers the first complete request in `bytes`; returns its length, or 0. */
function take(socket: Socket, bytes: Buffer): number {
  const head = bytes.indexOf(END_OF_HEAD);
  if (head < 0) return 0;
  if (bytes[0] === 0x47) {
    socket.write(reply(200, JSON.stringify(counts)));
    return head + 4;
  }
  const small = bytes.indexOf(LENGTH);
  const at = small >= 0 && small < head ? small : bytes.indexOf(CAPITAL_LENGTH);
  const length = Number.parseInt(
    bytes.toString('latin1', at + LENGTH.length, at + LENGTH.length + 9),
    10,
  );
  const end = head + 4 + length;
  if (bytes.length < end) return 0;
  answer(socket, delayOf(bytes));
  return end;
}

function delayOf(bytes: Buffer): number {
  if (!settings.delayMs) return 0;
  const at = bytes.indexOf(MODEL) + MODEL.length;
  const name = bytes.toString('latin1', at, bytes.indexOf(0x22, at));
  return settings.delayMs[name] ?? settings.delayMs['*'] ?? 0;
}

function answer(socket: Socket, delayMs: number): void {
  const nowMs = performance.now();
  counts.requests++;
  counts.firstMs ||= Date.now();
  counts.lastMs = Date.now();
  const response = isTooFast(nowMs) ? TOO_FAST : ANSWER;
  if (delayMs === 0) {
    socket.write(response);
    return;
  }
  counts.inFlight++;
  counts.peakInFlight = Math.max(counts.peakInFlight, counts.inFlight);
  setTimeout(() => {
    counts.inFlight--;
    socket.write(response);
  }, delayMs);
}

function isTooFast(nowMs: number): boolean {
  const perMinute = settings.requestsPerMinute;
  if (perMinute === undefined) return false;
  const burst = Math.max(1, perMinute / 60);
  bucket.level = Math.min(burst, bucket.level + ((nowMs - bucket.updatedMs) * perMinute) / 60_000);
  bucket.updatedMs = nowMs;
  if (bucket.level < 1 - 1e-6) {
    counts.tooFast++;
    return true;
  }
  bucket.level--;
  return false;
}

function reply(status: number, body: string): Buffer {
  return Buffer.from(
    `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: keep-alive\r\n\r\n${body}`,
  );
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(address.port);
});
// Whoever started it closes its standard input; it must not outlive the benchmark.
process.stdin.on('end', () => process.exit(0)).resume();
