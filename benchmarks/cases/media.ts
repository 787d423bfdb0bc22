import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '../experiment-file.ts';
import type { Figure, Measurement } from '../measurement.ts';
import { runExperiment, startServer } from '../processes.ts';

const IMAGE_BYTES = 5_000_000;
const IN_FLIGHT = 64;

/** Memory while images are sent: one in every row, and another one in each row. */
export const media: Measurement = {
  name: 'media',
  about: `peak memory of rows that each show an image of 5 MB, ${IN_FLIGHT} in flight`,
  measure: async () => [...(await sending(500, 1)), ...(await sending(128, 64))],
};

function sending(rows: number, images: number): Promise<Figure[]> {
  return withFolder(async (folder) => {
    const server = await startServer('media-server.ts', { delayMs: 200 });
    const file = writeRows(folder, rows, images, `${server.url}/v1#bench`);
    const run = await runExperiment(file, folder, '--concurrency', String(IN_FLIGHT));
    const counts = await server.counts();
    await server.close();
    const sentMb = (rows * IMAGE_BYTES * 4) / 3 / 1e6;
    if (counts.bytes! / 1e6 < sentMb) throw new Error('not all bytes were sent');
    const name = `${rows} rows, ${images === 1 ? 'one image' : `${images} images`}`;
    const readings = { wallMs: run.wallMs, ...counts };
    return [
      {
        name: `peak memory, ${name}`,
        value: run.peakMb,
        unit: 'MiB',
        hold: { atMost: 300 },
        readings,
      },
      ...(images === 1
        ? [
            {
              name: `read by the process, ${name}`,
              value: run.readMb,
              unit: 'MB',
              hold: { atMost: 40 },
            },
          ]
        : []),
    ];
  });
}

/** Images beside their rows, in turn. */
function writeRows(folder: string, rows: number, images: number, model: string): string {
  const place = join(folder, 'rows');
  mkdirSync(place);
  const bytes = Buffer.alloc(IMAGE_BYTES, 0x5a);
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
  for (let image = 0; image < images; image++) {
    bytes.writeUInt32BE(image, 16);
    writeFileSync(join(place, `${image}.png`), bytes);
  }
  const lines = Array.from({ length: rows }, (_, row) => {
    const part = { type: 'image_url', image_url: { url: `${row % images}.png` } };
    return JSON.stringify({ model, prompt: [{ role: 'user', content: ['What is it?', part] }] });
  });
  const path = join(place, 'bench.jsonl');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
