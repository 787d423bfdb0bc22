// A server that can only do so much, in a process of its own: node busy-server.ts '{"slots": 4, "serviceMs": 500}'
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

interface Settings {
  /** Calls that it works on at the same time; more wait in line. */
  readonly slots: number;
  readonly serviceMs: number;
  /** Time from the first request to the beginning and the end of an outage, in which all are answered 503. */
  readonly outageMs?: readonly [from: number, until: number];
  /** Answers 429 above this rate: continuous refill, room for a quarter of a second's worth, no Retry-After. */
  readonly requestsPerMinute?: number;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as Settings;
const line: ServerResponse[] = [];
let busy = 0;
let firstMs: number | undefined;
const counts = { requests: 0, unavailable: 0, tooFast: 0, answered: 0, abandoned: 0, lastMs: 0 };
const bucket = { level: Number.POSITIVE_INFINITY, updatedMs: 0 };

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    json(response, 200, { ...counts, spanMs: counts.lastMs - (firstMs ?? 0) });
    return;
  }
  text(request).then(
    () => take(response),
    () => response.destroy(),
  );
});

function take(response: ServerResponse): void {
  const nowMs = performance.now();
  firstMs ??= nowMs;
  counts.requests++;
  const [fromMs, untilMs] = settings.outageMs ?? [0, 0];
  if (nowMs - firstMs >= fromMs && nowMs - firstMs < untilMs) {
    counts.unavailable++;
    json(response, 503, { error: { message: 'Loading model', type: 'unavailable_error' } });
  } else if (isTooFast(nowMs)) {
    counts.tooFast++;
    json(response, 429, { error: { message: 'Rate limit reached', type: 'requests' } });
  } else {
    line.push(response);
    work();
  }
}

function work(): void {
  while (busy < settings.slots && line.length > 0) {
    const response = line.shift()!;
    if (response.destroyed) {
      counts.abandoned++;
      continue;
    }
    busy++;
    setTimeout(() => {
      busy--;
      counts.answered++;
      counts.lastMs = performance.now();
      json(response, 200, {
        model: 'busy',
        choices: [
          { index: 0, message: { role: 'assistant', content: '42' }, finish_reason: 'stop' },
        ],
        usage: { prompt_tokens: 12, completion_tokens: 1 },
      });
      work();
    }, settings.serviceMs);
  }
}

function isTooFast(nowMs: number): boolean {
  const perMinute = settings.requestsPerMinute;
  if (perMinute === undefined) return false;
  const burst = Math.max(1, perMinute / 240);
  const refilled = ((nowMs - bucket.updatedMs) * perMinute) / 60_000;
  bucket.level = Math.min(burst, bucket.level + refilled);
  bucket.updatedMs = nowMs;
  if (bucket.level < 1) return true;
  bucket.level--;
  return false;
}

function json(response: ServerResponse, status: number, value: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(address.port);
});
// Whoever started it closes its standard input; it must not outlive the benchmark.
process.stdin.on('end', () => process.exit(0)).resume();
