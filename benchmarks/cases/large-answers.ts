import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Figure, Measurement } from '../measurement.ts';
import { runExperiment, startBareServer } from '../processes.ts';

/** Memory while many large answers arrive at once, as fast as a server on this machine can send them. */
export const largeAnswers: Measurement = {
  name: 'large-answers',
  about: 'peak memory of 128 answers of 3 MB in one lane, and of 640 of 300 kB in ten',
  measure: async () => [await peak(128, 3_000_000, 1), await peak(640, 300_000, 10)],
};

function peak(rows: number, answerCharacters: number, lanes: number): Promise<Figure> {
  return withFolder(async (folder) => {
    const server = await startBareServer({ answerCharacters });
    const models = Array.from({ length: lanes }, (_, lane) => `${server.url}/v1#bench-${lane}`);
    const file = await writeExperiment(folder, rows, models);
    const { peakMb, wallMs } = await runExperiment(file, folder, '--concurrency', '128');
    await server.close();
    return {
      name: `peak memory, ${rows} answers of ${answerCharacters / 1000} kB`,
      value: peakMb,
      unit: 'MiB',
      hold: { atMost: 300 },
      readings: { wallMs },
    };
  });
}
