import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/** Makes a folder for one measurement, and removes it afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes an experiment of `rows` rows; the models take turns. Returns its path. */
export async function writeExperiment(
  folder: string,
  rows: number,
  models: readonly string[],
): Promise<string> {
  const path = join(folder, 'bench.jsonl');
  const stream = createWriteStream(path);
  let block = '';
  for (let row = 0; row < rows; row++) {
    const model = models[row % models.length];
    const prompt = `What is the answer to question number ${row}?`;
    block += `${JSON.stringify({ id: `row-${row}`, model, prompt, parameters: { temperature: 0 } })}\n`;
    if (block.length > 1 << 16) {
      if (!stream.write(block)) await once(stream, 'drain');
      block = '';
    }
  }
  stream.end(block);
  await finished(stream);
  return path;
}
