import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** What the bundle may come to, unpacked: more than that needs a reason. */
const MOST_SCRIPT_BYTES = 2_300_000;
const MOST_DATA_BYTES = 600_000;
const MOST_TYPE_BYTES = 700_000;
/** What only those need who have the repository. */
const FOR_BUILDERS = /^(ARCHITECTURE\.md|CONTRIBUTING\.md|benchmarks|decisions)/;

let folder: string;
let installed: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-package-'));
  run('node', ['scripts/build.ts'], ROOT);
  const [packed] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT),
  ) as [{ filename: string }];
  run('npm', ['init', '-y'], folder);
  run('npm', ['install', '--offline', '--no-audit', join(folder, packed.filename)], folder);
  installed = join(folder, 'node_modules/tutti');
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(program: string, args: readonly string[], cwd: string): string {
  const result = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, TUTTI_HOME: join(folder, 'home') },
  });
  if (result.status !== 0) throw new Error(`${program} ${args.join(' ')}\n${result.stderr}`);
  return result.stdout;
}

function pagesIn(name: string): string[] {
  return readdirSync(join(installed, name), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(name, file));
}

it('is installed without any other package and without an install script', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  expect(manifest).not.toHaveProperty('dependencies');
  expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/tutti']);
  expect(lock.packages['node_modules/tutti']).not.toHaveProperty('hasInstallScript');
});

it('is small', () => {
  const bytes = (ending: string) => {
    const names = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => name.endsWith(ending));
    return files.reduce((sum, name) => sum + statSync(join(installed, 'dist', name)).size, 0);
  };
  expect(bytes('.js')).toBeLessThan(MOST_SCRIPT_BYTES);
  expect(bytes('.br')).toBeLessThan(MOST_DATA_BYTES);
  expect(bytes('.br')).toBeGreaterThan(0);
  expect(bytes('.d.ts')).toBeLessThan(MOST_TYPE_BYTES);
});

it('answers from its bundle, over three protocols', () => {
  const models = ['sim/quick', 'sim/careful', 'sim/slow'].flatMap((model) => ['-m', model]);
  const tutti = join(installed, 'bin/tutti.js');
  const answers = run(process.execPath, [tutti, 'ask', 'What is 17 * 23?', ...models], folder);
  expect(answers.match(/^391$/gm)).toHaveLength(3);
});

it('ranks from its bundle, the bootstrap in threads', () => {
  const votes = join(folder, 'votes.csv');
  writeFileSync(votes, `left,right,winner\n${'a,b,left\nb,a,left\na,b,tie\n'.repeat(20)}`);
  const words = [join(installed, 'bin/tutti.js'), 'rank', votes, '--json', '--quiet'];
  const bootstrap = ['--intervals', 'bootstrap', '--rounds', '40', '--threads', '2'];
  const [board] = JSON.parse(run(process.execPath, [...words, ...bootstrap], folder));
  expect(board).toMatchObject({ fit: { rounds: 40, degenerateRounds: 0 } });
  expect(board.items[0].low).toBeLessThan(board.items[0].high);
});

it('scores from its bundle, in a thread', () => {
  const results = join(folder, 'results.jsonl');
  const row = { model: 'a/1', prompt: 'x', response: 'Paris is in France.' };
  writeFileSync(results, `${JSON.stringify({ ...row, expected_response: row.response })}\n`);
  writeFileSync(join(folder, 'mine.mts'), 'export const score = (): number => 0.5;\n');
  writeFileSync(join(folder, 'schema.json'), '{"type": "object"}');
  const names = ['bleu', 'language:en', 'regex:Paris$', 'json-schema:schema.json', './mine.mts'];
  const words = [join(installed, 'bin/tutti.js'), 'score', results, '-o', 'scored.jsonl', '--json'];
  const scores = names.flatMap((name) => ['--score', name]);
  const { aggregates } = JSON.parse(run(process.execPath, [...words, ...scores], folder));
  const means = aggregates.scores.map(({ mean }: { readonly mean: number }) => mean);
  expect(means).toEqual([expect.closeTo(1, 12), 1, 0, 0, 0.5]);
});

it('knows prices and characters of all scripts from its bundle', () => {
  const tutti = join(installed, 'bin/tutti.js');
  const model = 'openai/gpt-4o';
  const row = { model, prompt: 'x', response: 'ПАРИЖ' };
  writeFileSync(join(folder, 'answers.jsonl'), `${JSON.stringify(row)}\n`);
  writeFileSync(join(folder, 'asked.jsonl'), `${JSON.stringify({ model, prompt: 'x' })}\n`);
  const env = ['--env-file', join(folder, 'keys')];
  writeFileSync(env[1]!, 'OPENAI_API_KEY=none\n');
  const plan = run(
    process.execPath,
    [...env, tutti, 'run', 'asked.jsonl', '--dry-run', '--json'],
    folder,
  );
  expect(plan).toMatch(/"leastCostUsd":0\.0/);
  const pattern = 'regex:(?i)^\\p{Cyrillic}+\\pL$';
  const words = ['score', 'answers.jsonl', '-o', 'read.jsonl', '--score', pattern, '--json'];
  const { aggregates } = JSON.parse(run(process.execPath, [tutti, ...words], folder));
  expect(aggregates.scores).toMatchObject([{ mean: 1 }]);
});

it('names what its stack traces go through', () => {
  const table = "{ get left() { throw new Error('planted'); } }";
  const script = `import('tutti').then(({ rank }) => rank(${table}, {})).catch(({ stack }) => console.log(stack))`;
  const stack = run(process.execPath, ['-e', script], folder);
  expect(stack).toContain('at checkTable (');
  expect(stack).toContain('at prepareRanking (');
});

it('carries the quickstart', () => {
  const out = run(process.execPath, [join(installed, 'bin/tutti.js'), 'try', '--json'], folder);
  expect(JSON.parse(out)).toMatchObject({ state: 'finished', rows: 160, failed: 0 });
});

it('gives the library to an import', () => {
  const script = "import('tutti').then((tutti) => console.log(typeof tutti.openEngine))";
  expect(run(process.execPath, ['-e', script], folder).trim()).toBe('function');
});

it('shows an error that nobody catches without a line of its bundle', () => {
  const script =
    "const { openEngine } = await import('tutti'); await openEngine().openModels(['sim/quik']);";
  const words = ['--input-type=module', '-e', script];
  const { stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  expect(stderr).toContain('TuttiError: sim/quik: no simulated model has that name');
  expect(stderr).toContain("hint: 'Did you mean sim/quick?'");
  expect(stderr.length).toBeLessThan(4_000);
});

it('tells an old Node which one it needs: its syntax is not too new for that', () => {
  const tooNew = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .filter((file) =>
      /[;{}]\s*(?:await )?using [\w$]+=/.test(readFileSync(join(installed, 'dist', file), 'utf8')),
    );
  expect(tooNew).toEqual([]);
  // The Node that runs npm may be an older one.
  const old = process.env.npm_node_execpath;
  if (old === undefined || !/^v2[0-3]\./.test(run(old, ['--version'], folder))) return;
  const { stderr } = spawnSync(old, ['-e', "import('tutti')"], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toContain('tutti needs Node 24 or newer, and this is ');
  expect(stderr.length).toBeLessThan(4_000);
});

it('has types that a strict compiler accepts, libraries and all, and that say what is wrong', () => {
  const check = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    const options = ['--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,esnext'];
    const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const words = [tsc, '--noEmit', '--strict', '--skipLibCheck', 'false', ...options, ...types];
    return spawnSync(process.execPath, [...words, name], { cwd: folder, encoding: 'utf8' }).stdout;
  };
  const start = "import { openEngine } from 'tutti';\n";
  expect(check('right.mts', `${start}export const open: object = openEngine;\n`)).toBe('');
  expect(check('wrong.mts', `${start}export const open: number = openEngine;\n`)).toContain(
    "wrong.mts(2,14): error TS2322: Type '(",
  );
});

it('carries the licences of what it bundles', () => {
  const licences = readFileSync(join(installed, 'dist/THIRD-PARTY-LICENCES.txt'), 'utf8');
  const { libraries } = JSON.parse(readFileSync(join(ROOT, 'architecture.json'), 'utf8')) as {
    readonly libraries: Readonly<Record<string, string>>;
  };
  const bundled = Object.keys(libraries).filter((name) => name !== 'apache-arrow');
  expect(bundled).toContain('undici');
  for (const name of bundled) expect(licences).toMatch(new RegExp(`^${name} [0-9.]+ \\(`, 'm'));
  expect(licences).toContain('llhttp');
  expect(licences).not.toContain('@ai-sdk');
});

it('carries what its own pages and messages point to', () => {
  for (const page of ['README.md', ...pagesIn('docs'), ...pagesIn('examples')]) {
    const text = readFileSync(join(installed, page), 'utf8');
    const places = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, place]) => place!);
    const targets = places.map((place) => join(dirname(page), place));
    const missing = targets.filter((target) => !existsSync(join(installed, target)));
    expect(
      missing.filter((target) => !FOR_BUILDERS.test(target)),
      page,
    ).toEqual([]);
  }
  expect(existsSync(join(installed, 'docs/guide/from-prompto.md'))).toBe(true);
});

it('has no fault that publint finds', async () => {
  const { messages } = await publint({ pkgDir: ROOT, strict: true });
  expect(messages).toEqual([]);
});
