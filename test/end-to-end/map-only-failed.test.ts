import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { linesOf } from '../support/run-results.ts';
import { chatCompletion, startScriptedServer } from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const ROWS = 60;
const STEPS = `steps:
  - { name: ask, prompt: 'ask \${id}', columns: q, dedupe-rows: q }
  - { name: answer, prompt: 'answer \${q}', columns: 'a:integer', single: true }
`;

/** Every third row's first answer is half of what it should be, and of another thing: what that repeated is new then. */
function replyTo(prompt: string, isMended: boolean) {
  const [what, about] = prompt.split(' ');
  const id = Number(about);
  if (what === 'answer') {
    if (!isMended && id % 5 === 0) return null;
    return isMended || id % 7 > 0 ? `{"a":${id}}` : '{"a":"none"}';
  }
  const right = [id % 20, 100 + id].map((q) => ({ q: String(q) }));
  const wrong = [{ q: String(100 + id + 1) }, { no: 1 }];
  return JSON.stringify({ rows: isMended || id % 3 > 0 ? right : wrong });
}

test('a map that asks anew what failed loses nothing to kills, and makes what a new one would', async () => {
  const cwd = temporaryFolder();
  let isMended = false;
  let requests = 0;
  const server = await startScriptedServer(({ body }) => {
    requests++;
    const reply = replyTo(JSON.parse(body).messages[0].content, isMended);
    if (reply === null) return { status: 422, body: { error: { message: 'no' } } };
    return { body: chatCompletion(reply), afterMs: isMended ? 40 : 0 };
  });
  writeFileSync(join(cwd, 'steps.yaml'), STEPS);
  const rows = Array.from({ length: ROWS }, (_, id) => `{"id":${id}}\n`);
  writeFileSync(join(cwd, 'in.jsonl'), rows.join(''));
  const own = ['--steps', 'steps.yaml', '-m', `${server.url}/v1#m`, '--reask', '0', '--no-setup'];
  const rest = ['--attempts', '1', '--stop-after', '0', '--concurrency', '8', '--json', '-q'];
  const words = ['map', 'in.jsonl', ...own, ...rest, '-o', 'out.jsonl'];
  const first = JSON.parse((await tutti(words, { cwd })).stdout);
  expect(first).toMatchObject({ in: ROWS, state: 'finished' });
  expect(first.partial + first.failed).toBeGreaterThan(ROWS / 4);
  const journal = join(cwd, first.folder, 'journal.jsonl');
  isMended = true;
  const again = [...words, '--only-failed'];
  const random = seededRandom(3);
  let saved = readFileSync(journal, 'utf8');
  for (let kills = 0; kills < 8; kills++) {
    const before = requests;
    const asked = kills % 3 === 2 ? words : again;
    const life = startTutti(asked, { cwd });
    if (kills === 0) await sleep(random() * 400);
    else while (requests === before && life.child.exitCode === null) await sleep(2);
    await sleep(random() * 40);
    life.kill(kills % 4 === 3 ? 'SIGINT' : 'SIGKILL');
    await life.done;
    const now = readFileSync(journal, 'utf8');
    expect(now.startsWith(saved)).toBe(true);
    saved = now.slice(0, now.lastIndexOf('\n') + 1);
  }
  const told = JSON.parse((await tutti(again, { cwd })).stdout);
  const whole = { in: ROWS, answered: ROWS, failed: 0, skipped: 0, partial: 0, invalid: 0 };
  expect(told).toMatchObject(whole);
  const fresh = temporaryFolder();
  for (const name of ['in.jsonl', 'steps.yaml']) {
    writeFileSync(join(fresh, name), readFileSync(join(cwd, name)));
  }
  const anew = JSON.parse((await tutti(words, { cwd: fresh })).stdout);
  expect(linesOf(join(cwd, 'out.jsonl'))).toEqual(linesOf(join(fresh, 'out.jsonl')));
  const { out, dropped } = anew;
  expect(told).toMatchObject({ out, dropped });
  const before = requests;
  await tutti(again, { cwd });
  expect(requests).toBe(before);
}, 60_000);
