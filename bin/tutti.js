#!/usr/bin/env node
// Plain JavaScript that old Node versions parse too, so that they can say what is missing.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const LIFELINE = 'TUTTI_LIFELINE';
const LIFELINE_FD = 3;
const HTTP2_OF_UNDICI = '/undici/lib/dispatcher/client-h2.js';
const EXIT_USAGE = 2;
/** As a shell reports a process that was killed. */
const EXIT_KILLED = 137;

if (hasEnvFile(process.argv.slice(2))) {
  stop(
    'Node itself takes --env-file, before tutti can ask whether that file is trusted.',
    'A .env of the working folder is read once you agree (tutti trust); tutti keys set keeps keys.',
  );
} else if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) {
  if (process.env[LIFELINE]) await endWithLauncher();
  if (module.enableCompileCache) module.enableCompileCache();
  const source = new URL('../src/cli/main.ts', import.meta.url);
  const built = new URL('../dist/cli/main.js', import.meta.url);
  const isCheckout = existsSync(source);
  if (isCheckout) startQuickly(new URL('../src/', import.meta.url).href);
  await import(isCheckout ? source.href : built.href);
} else {
  await startAgain(ownNode());
}

/** Node looks for it among all words up to `--`, ours too. */
function hasEnvFile(words) {
  const end = words.indexOf('--');
  const given = end === -1 ? words : words.slice(0, end);
  return given.some((word) => /^--env-file(-if-exists)?(=|$)/.test(word));
}

/**
 * Files of the source name each other by their whole names: none has to be looked for on the disk. That is a fifth of
 * the processor time that a start from source takes. Another 20 ms are HTTP/2, of which undici makes no use here
 * (`allowH2: false`): it does without, as where Node has none.
 */
function startQuickly(sources) {
  if (!module.registerHooks) return;
  module.registerHooks({
    resolve(name, context, next) {
      if (name === 'node:http2' && context.parentURL?.endsWith(HTTP2_OF_UNDICI)) {
        throw new Error('HTTP/2 is not used.');
      }
      const isOwn =
        name.startsWith('.') && name.endsWith('.ts') && context.parentURL?.startsWith(sources);
      if (!isOwn) return next(name, context);
      const url = new URL(name, context.parentURL).href;
      return { url, format: 'module-typescript', shortCircuit: true };
    },
  });
}

function stop(message, hint) {
  process.stderr.write(`tutti: ${message}\n  ${hint}\n`);
  process.exitCode = EXIT_USAGE;
}

/** The Node that `npm ci` installs beside tutti; null where there is none. */
function ownNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url));
  return existsSync(path) ? path : null;
}

/** Starts this file again under a newer Node: in place of this process where that can be done. */
async function startAgain(node) {
  if (node === null) {
    stop(
      `needs Node ${OLDEST_NODE} or newer, and this is ${process.versions.node}.`,
      'Install a newer one from https://nodejs.org; in a checkout of tutti, "npm ci" brings it.',
    );
    return;
  }
  const words = ['--', fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...words]);
  await startChild(node, words);
}

/** Starts the other Node as a child, waits for it, and ends as it ended. */
async function startChild(node, words) {
  const { spawn } = await import('node:child_process');
  const child = spawn(node, words, {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, [LIFELINE]: '1' },
  });
  // A Ctrl-C reaches both processes, a `kill` only this one: every signal is passed on, and tutti
  // counts the same signal twice at once as one.
  for (const signal of FORWARDED_SIGNALS) process.on(signal, () => child.kill(signal));
  child.stdio[LIFELINE_FD].on('error', () => {});
  child.on('error', (error) => {
    stop(`${node} does not start (${error.code}).`, 'Run "npm ci" again.');
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

/**
 * Ends this process when the one that started it is gone, however that was killed: its end of the lifeline closes
 * then. Nobody would get the answers, and they would be paid for.
 */
async function endWithLauncher() {
  delete process.env[LIFELINE];
  const { Socket } = await import('node:net');
  try {
    const lifeline = new Socket({ fd: LIFELINE_FD, readable: true });
    lifeline.on('error', () => {});
    lifeline.on('close', () => process.exit(EXIT_KILLED));
    lifeline.resume();
    lifeline.unref();
  } catch {
    // The variable came from somewhere else.
  }
}
