// A server for bodies of many megabytes: it throws them away and answers a chat completion.
// Started as a process of its own: node media-server.ts '{"delayMs": 200}'
import { createServer } from 'node:http';

const { delayMs = 0 } = JSON.parse(process.argv[2] ?? '{}') as { readonly delayMs?: number };
const counts = { requests: 0, bytes: 0, inFlight: 0, peakInFlight: 0 };
const ANSWER = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: 'A cat.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 800, completion_tokens: 3, total_tokens: 803 },
});

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(counts));
    return;
  }
  counts.requests++;
  counts.inFlight++;
  counts.peakInFlight = Math.max(counts.peakInFlight, counts.inFlight);
  request.on('data', (bytes: Buffer) => {
    counts.bytes += bytes.length;
  });
  request.on('end', () => {
    setTimeout(() => {
      counts.inFlight--;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(ANSWER);
    }, delayMs);
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(address.port);
});
// Whoever started it closes its standard input; it must not outlive the benchmark.
process.stdin.on('end', () => process.exit(0)).resume();
