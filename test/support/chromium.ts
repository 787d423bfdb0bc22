import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Path of a Chromium on this machine: `CHROMIUM_PATH`, or where Debian has it. */
const PATH = PLACES.find((path) => path !== undefined && existsSync(path));

/** Tells whether there is a browser to test with, and says on standard error what is skipped when there is none. */
export function hasChromium(): boolean {
  if (PATH !== undefined) return true;
  process.stderr.write('skipped: no Chromium (apt-get install chromium, or set CHROMIUM_PATH)\n');
  return false;
}

/** Starts a browser without a window, which finds no host but this machine. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH!,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--disable-gpu'],
  });
}
