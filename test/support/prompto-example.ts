import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sim } from '../../src/sim/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/prompto', import.meta.url));
/** Where the example expects simulated endpoints to be. */
const USUAL_ADDRESS = 'http://127.0.0.1:4010';

/** Copies the example for users of prompto to a folder of the test; its `.env` leads to these simulated endpoints. */
export function promptoExample(sim: Sim): string {
  const folder = temporaryFolder();
  cpSync(EXAMPLE, folder, { recursive: true });
  const env = join(folder, '.env');
  const text = readFileSync(env, 'utf8');
  if (!text.includes(USUAL_ADDRESS)) throw new Error('the example asks other endpoints');
  writeFileSync(env, text.replace(USUAL_ADDRESS, sim.url));
  return folder;
}
