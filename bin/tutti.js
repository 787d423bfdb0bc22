#!/usr/bin/env node
// Plain JavaScript that old Node versions parse too, so that they can say what is missing.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) {
  if (module.enableCompileCache) module.enableCompileCache();
  const source = new URL('../src/cli/main.ts', import.meta.url);
  const built = new URL('../dist/cli/main.js', import.meta.url);
  await import(existsSync(source) ? source.href : built.href);
} else {
  await startAgain(ownNode());
}

/** The Node that `npm ci` installs beside tutti; null where there is none. */
function ownNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url));
  return existsSync(path) ? path : null;
}

/** Starts this file again under a newer Node, waits for it, and ends as it ended. */
async function startAgain(node) {
  if (node === null) {
    process.stderr.write(
      `tutti: needs Node ${OLDEST_NODE} or newer, and this is ${process.versions.node}.\n` +
        `  Install a newer one from https://nodejs.org; in a checkout of tutti, "npm ci" brings it.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // A Ctrl-C reaches both processes, a `kill` only this one: every signal is passed on, and tutti
  // counts the same signal twice at once as one.
  for (const signal of FORWARDED_SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`tutti: ${node} does not start (${error.code}).\n  Run "npm ci" again.\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    for (const forwarded of FORWARDED_SIGNALS) process.removeAllListeners(forwarded);
    process.kill(process.pid, signal);
  });
}
