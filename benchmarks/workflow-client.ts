// node workflow-client.ts KIND ROWS URL FOLDER IN_FLIGHT STOP_AFTER: rows of a workflow against the bare server.
import { openEndpoint, systemClock, textOf, type Workflow, WorkflowRun } from '../src/index.ts';

const [kind = '', rows = '0', url = '', folder = '', inFlight = '64', stopAfter = '0'] =
  process.argv.slice(2);
const endpoint = openEndpoint(
  {
    name: 'bench',
    provider: 'openai-compatible',
    baseUrl: `${url}/v1`,
    apiKey: null,
    headers: {},
    connections: 1_000,
    proxy: {},
    price: null,
    secrets: [],
  },
  systemClock,
);
const model = await endpoint.model('bench', 'bench/quick');
const slow = await endpoint.model('slow', 'bench/slow');

interface Row {
  readonly id: number;
}

const say = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
const text = ({ id }: Row) => `What is the answer to question number ${id}?`;

const chain: Workflow<Row, string> = async (row, { ask }) => {
  const first = textOf(await ask('first', model, say(text(row))));
  const second = textOf(await ask('second', kind === 'slow-lane' ? slow : model, say(first)));
  return textOf(await ask('third', model, say(second)));
};
const one: Workflow<Row, string> = async (row, { ask }) =>
  textOf(await ask('only', model, say(text(row))));

function* rowsOf(): Generator<Row> {
  for (let id = 0; id < Number(rows); id++) yield { id };
}

const limits = { concurrency: Number(inFlight) };
const run = new WorkflowRun(rowsOf(), kind === 'one' ? one : chain, {
  clock: systemClock,
  random: Math.random,
  folder,
  lane: ({ reference }) => ({ name: reference, limiters: [{ name: reference, limits }] }),
  ...(kind === 'single' && { single: (row: Row) => ({ model, question: say(text(row)) }) }),
});
// Before a slow lane nothing ends: the bound fills, and that is what is to be seen.
const patience = setTimeout(() => process.exit(0), kind === 'slow-lane' ? 20_000 : 600_000);
let ended = 0;
for await (const { error } of run) {
  if (error !== null) throw new Error(error.message);
  if (++ended === Number(stopAfter)) break;
}
clearTimeout(patience);
await endpoint.close();
