import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './processes.ts';

// Does a consortium that votes come to what its members' skill says? Simulated members, asked through the whole
// program. node benchmarks/panels.ts [QUESTIONS]: default 4000, which takes a minute or two.
const QUESTIONS = Number(process.argv[2] ?? 4000);
const MOST_OFF = 0.018;
const TUTTI = join(import.meta.dirname, '../bin/tutti.js');

/** Shares of right answers that the binomial and the beta-binomial distribution give, ties by halves. */
const WORLDS = [
  { name: 'five of .7, yes or no', kind: 'yesno', members: five('skill=0.7'), expected: 0.837 },
  { name: 'five of .7, four choices', kind: 'choice', members: five('skill=0.7'), expected: 0.91 },
  {
    name: 'five of .7, 10 % unparsed',
    kind: 'yesno',
    members: five('skill=0.7&unparsed=0.1'),
    expected: 0.815,
  },
  {
    name: 'five of .7, correlation .3',
    kind: 'yesno',
    members: five('skill=0.7&correlation=0.3'),
    expected: 0.744,
  },
  {
    name: 'one of .9, four of .6',
    kind: 'yesno',
    members: ['sim/member?skill=0.9', { model: 'sim/member?skill=0.6', count: 4 }],
    expected: 0.786,
  },
] as const;

function five(parameters: string) {
  return [{ model: `sim/member?${parameters}`, count: 5 }];
}

interface RecordLine {
  readonly response: string | null;
  readonly expected_response: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tutti-panels-'));
const env = { TUTTI_HOME: join(folder, 'home') };
mkdirSync(join(env.TUTTI_HOME, 'consortiums'), { recursive: true });

try {
  const lines = [];
  for (const [number, { name, kind, members, expected }] of WORLDS.entries()) {
    const definition = { members, strategy: 'voting', all: true };
    const saved = join(env.TUTTI_HOME, 'consortiums', `panel-${number}.yaml`);
    writeFileSync(saved, JSON.stringify(definition));
    const { share, seconds } = await measured(`panel-${number}`, kind);
    const ok = Math.abs(share - expected) <= MOST_OFF;
    console.log(
      `${name.padEnd(28)} ${share.toFixed(4)}  expected ${expected} ± ${MOST_OFF}  ${ok ? 'ok' : 'OUTSIDE'}  ${seconds.toFixed(1)} s`,
    );
    lines.push({ name, share, expected, mostOff: MOST_OFF, ok });
  }
  const results = join(import.meta.dirname, 'results');
  writeFileSync(
    join(results, 'panels.json'),
    `${JSON.stringify({ questions: QUESTIONS, lines }, null, 2)}\n`,
  );
  process.exitCode = lines.every(({ ok }) => ok) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the questions through a saved consortium, and gives the share of right answers. */
async function measured(consortium: string, kind: string) {
  const questions = join(folder, `${consortium}.jsonl`);
  const made = ['sim', 'questions', '--n', String(QUESTIONS), '--kind', kind, '--seed', '7'];
  writeFileSync(questions, (await tutti(made)).stdout);
  const out = join(folder, 'out');
  const { wallMs } = await tutti(['run', questions, '-m', consortium, '-o', out]);
  const runs = join(out, consortium);
  const [run = ''] = readdirSync(runs);
  const records = readFileSync(join(runs, run, 'completed.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const right = records.filter((line) => {
    const { response, expected_response } = JSON.parse(line) as RecordLine;
    return response?.endsWith(`\nAnswer: ${expected_response}`) === true;
  });
  return { share: right.length / QUESTIONS, seconds: wallMs / 1000 };
}

async function tutti(words: readonly string[]) {
  const finished = await runNode([TUTTI, ...words], { env, cwd: folder });
  // A consortium whose members are all unparsed has no answer: its row is an error, and the exit code 1.
  if (finished.exitCode === 0 || finished.exitCode === 1) return finished;
  throw new Error(`tutti ${words.join(' ')}: ${finished.exitCode}\n${finished.stderr}`);
}
