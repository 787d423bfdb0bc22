// The yardstick: an undici.request loop that does nothing else. node bare-client.ts URL CALLS IN_FLIGHT
import { Agent, request } from 'undici';

const [url = '', calls = '0', inFlight = '0'] = process.argv.slice(2);
const agent = new Agent({ connections: Number(inFlight), pipelining: 1 });
const body = JSON.stringify({
  model: 'bench',
  messages: [{ role: 'user', content: 'What is the answer to question number 12345?' }],
});
let started = 0;

async function loop(): Promise<void> {
  while (started < Number(calls)) {
    started++;
    const answer = await request(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher: agent,
    });
    await answer.body.text();
  }
}

const startMs = performance.now();
await Promise.all(Array.from({ length: Number(inFlight) }, loop));
console.log(
  JSON.stringify({ callsPerSecond: (Number(calls) / (performance.now() - startMs)) * 1000 }),
);
await agent.close();
