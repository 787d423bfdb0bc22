import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MEASURED_AT, measurePairStrategies } from './recovery/adaptive.ts';

// Does adaptive choice of pairs lower the error of the strengths, and where?
const WORLDS = Number(process.argv[2] ?? 200);

const lines = [12, 20].flatMap((items) =>
  [0.5, 1, 2].map((sd) => {
    const found = measurePairStrategies(WORLDS, { items, sd });
    const worse = found.adaptive.some((error, k) => error > found.balanced[k]! && found.z[k]! > 2);
    console.log(`${items} items, log strengths with sd ${sd}: ${worse ? 'WORSE' : 'ok'}`);
    for (const [name, figures] of Object.entries({ votes: MEASURED_AT, ...found })) {
      const digits = name === 'votes' ? 0 : name === 'z' ? 1 : 4;
      console.log(
        `  ${name.padEnd(9)}${figures.map((one) => one.toFixed(digits).padStart(8)).join('')}`,
      );
    }
    return { items, sd, ...found };
  }),
);

const results = fileURLToPath(new URL('./results/', import.meta.url));
mkdirSync(results, { recursive: true });
const document = { worlds: WORLDS, votes: MEASURED_AT, lines };
writeFileSync(`${results}pairs.json`, `${JSON.stringify(document, null, 2)}\n`);
