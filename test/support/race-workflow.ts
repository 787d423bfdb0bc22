// node race-workflow.ts FOLDER ROWS REFERENCE: rows of five calls, of which one loses a race; the crash tests kill it.
import { openEngine, textOf, type Workflow } from '../../src/index.ts';

const [folder = '', rows = '0', reference = ''] = process.argv.slice(2);
await using engine = openEngine();
const [model] = await engine.openModels([reference]);
const say = (content: string) => ({ messages: [{ role: 'user' as const, content }] });

const chain: Workflow<{ readonly id: number }, string> = async ({ id }, { ask }) => {
  const first = textOf(await ask('first', model!, say(`first ${id}`)));
  const stop = new AbortController();
  const racers = ['left', 'right'].map((name) =>
    ask(`race/${name}`, model!, say(`${name} ${first}`), { signal: stop.signal }),
  );
  const winner = textOf(await Promise.race(racers));
  stop.abort();
  const third = textOf(await ask('third', model!, say(`third ${id} ${winner.length}`)));
  return textOf(await ask('fourth', model!, say(`fourth ${third.length} ${id}`)));
};

const given = Array.from({ length: Number(rows) }, (_, id) => ({ id }));
let failures = 0;
for await (const { error } of engine.runWorkflow(given, chain, { folder })) {
  if (error !== null) failures++;
}
process.stdout.write(`failures ${failures}\n`);
