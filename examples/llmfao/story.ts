// node examples/llmfao/story.ts [FOLDER]: what the published votes of LLMFAO support. The folder holds the
// study's CSV files; default LLMFAO_DATA.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const TUTTI = join(import.meta.dirname, '../../bin/tutti.js');
const folder = process.argv[2] ?? process.env.LLMFAO_DATA;
const JUDGES = { people: 'crowd', 'GPT-4': 'gpt4-crowd', 'GPT-3': 'gpt3-crowd' };
type Judge = keyof typeof JUDGES;

/** The parts of `tutti rank --json` that the story needs. */
interface Board {
  readonly items: readonly {
    readonly item: string;
    readonly rank: number;
    readonly rankLow: number;
    readonly rankHigh: number;
  }[];
  readonly fit: { readonly unit: string; readonly clusters: number; readonly widening: number };
  readonly differences: { readonly pairs: readonly unknown[]; readonly separated: number };
  readonly fragility: {
    readonly first: string;
    readonly successor: string;
    readonly verdicts: number;
    readonly share: number;
    readonly exact: boolean;
  };
}

if (folder === undefined || !existsSync(fileOf('people'))) {
  console.error('Give the folder with crowd-comparisons.csv and its like, or set LLMFAO_DATA.');
  console.error('The data: https://github.com/dustalov/llmfao (CC BY 4.0)');
  process.exit(2);
}

const judges = Object.keys(JUDGES) as Judge[];
console.log('1. Three judges, side by side\n');
console.log(tutti('rank', ...judges.map(fileOf), '--by', 'file', '--first', '10'));

for (const judge of judges) {
  const words = ['rank', fileOf(judge), '--json', '--fragility', '--differences'];
  const [board] = JSON.parse(tutti(...words)) as [Board];
  const [naive] = JSON.parse(tutti(...words, '--cluster', 'comparison')) as [Board];
  tell(judge, board, naive);
}

console.log('3. How far people agree, and with GPT-4\n');
console.log(tutti('agreement', fileOf('people'), '--first', '3'));
console.log(tutti('agreement', fileOf('people'), fileOf('GPT-4'), '--first', '1'));
console.log('4. Which side GPT-3 prefers\n');
console.log(tutti('agreement', fileOf('GPT-3')));

function tell(judge: Judge, { items, fit, differences, fragility }: Board, naive: Board): void {
  const { pairs, separated } = differences;
  const { first, successor, verdicts, share, exact } = fragility;
  const sure = items.filter(({ rankLow, rankHigh }) => rankLow === rankHigh);
  const wide = items.map(({ rankLow, rankHigh }) => rankHigh - rankLow + 1).sort((a, b) => a - b);
  console.log(`2. What the votes of ${judge} support`);
  console.log(
    `   independent: ${fit.clusters} ${fit.unit}s, which makes intervals ${fit.widening.toFixed(2)} x as wide`,
  );
  console.log(
    `   ${sure.length} of ${items.length} published ranks are certain; a range holds ${wide[Math.floor(wide.length / 2)]} ranks (median)`,
  );
  console.log(
    `   ${separated} of ${pairs.length} pairs are separated (${naive.differences.separated} if every vote were independent)`,
  );
  console.log(
    `   without ${exact ? '' : 'at most '}${verdicts} ${verdicts === 1 ? 'vote' : 'votes'} (${(100 * share).toFixed(2)} %) ${successor} takes the first place of ${first}\n`,
  );
}

function fileOf(judge: Judge): string {
  return join(folder ?? '', `${JUDGES[judge]}-comparisons.csv`);
}

/** Runs the command line and returns what it prints. */
function tutti(...words: string[]): string {
  const done = spawnSync(process.execPath, [TUTTI, ...words, '--quiet'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`tutti ${words.join(' ')}: ${done.stderr}`);
  return done.stdout;
}
