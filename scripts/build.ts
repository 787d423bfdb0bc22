// npm run build: bundles the command line and the library with everything they need, one chunk a command and
// provider, and one for what each start loads, so that the published package depends on nothing and starts fast.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OutputChunk, type RolldownLog, rolldown } from 'rolldown';
import { collectLicences } from './collect-licences.ts';
import { keepNeededTypes } from './keep-needed-types.ts';
import { leaveOutUnused } from './leave-out-unused.ts';
import { shortenInnerNames } from './shorten-inner-names.ts';
import { startChunks } from './start-chunks.ts';
import { storeDataApart } from './store-data-apart.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
/** What stack traces are read by. */
const NAMES = { function: true, class: true };

rmSync(DIST, { recursive: true, force: true });
const bundle = await rolldown({
  input: {
    'cli/main': join(ROOT, 'src/cli/main.ts'),
    index: join(ROOT, 'src/index.ts'),
    // A thread's program is started by its file, so it keeps its place.
    'experiment/score-worker': join(ROOT, 'src/experiment/scores/score-worker.ts'),
    'runtime/strategy-worker': join(ROOT, 'src/runtime/consortiums/strategy-worker.ts'),
    'arena/bootstrap-worker': join(ROOT, 'src/arena/bootstrap/bootstrap-worker.ts'),
  },
  platform: 'node',
  transform: {
    // Older versions cannot read `using`: they are to come as far as the line that says which one is needed.
    target: 'node20',
    // By this undici leaves its second, experimental parser out, as it does within Node.
    define: { esbuildDetection: 'true' },
  },
  // Arrow's library is installed by whoever has such files.
  external: [/^node:/, 'apache-arrow'],
  plugins: [leaveOutUnused(), storeDataApart(isOfLibrary), shortenInnerNames(isOwn)],
  onLog(level, log, print) {
    if (!isWiringOfBoth(log)) print(level, log);
  },
  // Modules of a group leave their dependencies where these are.
  preserveEntrySignatures: 'allow-extension',
});
const { output } = await bundle.write({
  dir: DIST,
  format: 'esm',
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  codeSplitting: { includeDependenciesRecursively: false, groups: await startChunks() },
  minify: {
    compress: { keepNames: NAMES },
    mangle: { toplevel: true, keepNames: NAMES },
    codegen: { removeWhitespace: true },
  },
});
const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk');
const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
writeFileSync(join(DIST, 'THIRD-PARTY-LICENCES.txt'), collectLicences(modules));
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: ROOT, stdio: 'inherit' });
keepNeededTypes(join(DIST, 'types'), join(DIST, 'types/src/index.d.ts'));
console.log(`built dist/: ${chunks.length} chunks`);

/** The library has all of the wiring at once, the command line when it needs it: that it is imported in both ways is meant. */
function isWiringOfBoth({ code, message }: RolldownLog): boolean {
  return code === 'INEFFECTIVE_DYNAMIC_IMPORT' && message.includes('src/runtime/index.ts is ');
}

function isOfLibrary(module: string): boolean {
  return /[/\\]node_modules[/\\]/.test(module);
}

function isOwn(module: string): boolean {
  return module.startsWith(join(ROOT, 'src'));
}
