// Records what the adapters send, before they are changed: node scripts/record-requests.ts
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openEndpoint } from '../src/providers/open-endpoint.ts';
import { MODELS, SHAPES, type Shape } from '../src/providers/recorded/shapes.test-support.ts';
import { STOPPED_CLOCK, testSettings } from '../src/providers/testing/ask-endpoint.ts';

/** Written by the connection, not by an adapter. */
const OF_THE_CONNECTION = ['host', 'connection', 'content-length'];

class Index {
  readonly values: string[] = [];
  readonly #numbers = new Map<string, number>();
  of(value: string): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.values.push(value) - 1;
      this.#numbers.set(value, number);
    }
    return number;
  }
}

const paths = new Index();
const headers = new Index();
const bodies = new Index();
let received: [number, number, number] | undefined;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const pairs: Record<string, string> = {};
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      const name = request.rawHeaders[at]!;
      if (!OF_THE_CONNECTION.includes(name.toLowerCase()))
        pairs[name] = request.rawHeaders[at + 1]!;
    }
    received = [
      paths.of(request.url ?? ''),
      headers.of(JSON.stringify(pairs)),
      bodies.of(Buffer.concat(chunks).toString()),
    ];
    response.end('{}');
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function record(provider: string, modelId: string, shape: Shape): Promise<unknown> {
  const settings = testSettings(provider, url + (shape.path ?? ''), shape.settings);
  const endpoint = openEndpoint(settings, STOPPED_CLOCK);
  received = undefined;
  try {
    const model = await endpoint.model(modelId, `${provider}/${modelId}`);
    const request = { parameters: {}, choices: 1, ...shape.request };
    const { signal } = new AbortController();
    await model.generate(request, shape.stream ? { signal, onDelta: () => {} } : { signal });
  } catch (error) {
    if (received === undefined)
      return `${(error as { code: string }).code}: ${(error as Error).message}`;
  } finally {
    await endpoint.close();
  }
  return received;
}

const cases: Record<string, Record<string, unknown>> = {};
for (const [provider, models] of Object.entries(MODELS)) {
  for (const modelId of models) {
    const recorded: Record<string, unknown> = {};
    for (const [name, shape] of Object.entries(SHAPES)) {
      recorded[name] = await record(provider, modelId, shape);
    }
    cases[`${provider} ${modelId}`] = recorded;
  }
}
server.close();
const shapes = Object.keys(SHAPES);
const lines = Object.entries(cases).map(
  ([name, recorded]) =>
    `${JSON.stringify(name)}: ${JSON.stringify(shapes.map((shape) => recorded[shape]))}`,
);
const list = (values: readonly unknown[]) =>
  `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`;
console.log(`{
"shapes": ${JSON.stringify(shapes)},
"paths": ${list(paths.values)},
"headers": ${list(headers.values.map((text) => JSON.parse(text)))},
"bodies": ${list(bodies.values)},
"cases": {
${lines.join(',\n')}
}}`);
