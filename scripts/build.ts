// npm run build: bundles the command line and the library for publishing, one chunk per command and provider.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import manifest from '../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

rmSync(DIST, { recursive: true, force: true });
const bundle = await rolldown({
  input: { 'cli/main': join(ROOT, 'src/cli/main.ts'), index: join(ROOT, 'src/index.ts') },
  platform: 'node',
  // Libraries stay packages of their own: with their licences, and updated without a new tutti.
  external: [
    /^node:/,
    ...Object.keys(manifest.dependencies).flatMap((name) => [name, new RegExp(`^${name}/`)]),
  ],
});
await bundle.write({
  dir: DIST,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  sourcemap: false,
  minify: false,
});
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: ROOT, stdio: 'inherit' });
console.log('built dist/');
