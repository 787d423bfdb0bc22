// npm run bench [-- NAME…]: measures, prints a table, writes benchmarks/results/<name>.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { askOverhead } from './cases/ask-overhead.ts';
import { callCost } from './cases/call-cost.ts';
import { forms } from './cases/forms.ts';
import { inFlight } from './cases/in-flight.ts';
import { lanes } from './cases/lanes.ts';
import { largeAnswers } from './cases/large-answers.ts';
import { map } from './cases/map.ts';
import { media } from './cases/media.ts';
import { millionRows } from './cases/million-rows.ts';
import { overload } from './cases/overload.ts';
import { peers } from './cases/peers.ts';
import { ranking } from './cases/ranking.ts';
import { requestBucket } from './cases/request-bucket.ts';
import { startUp } from './cases/start-up.ts';
import { steps } from './cases/steps.ts';
import { throughput } from './cases/throughput.ts';
import { workflows } from './cases/workflows.ts';
import { type Figure, holds, type Measurement } from './measurement.ts';

const MEASUREMENTS: readonly Measurement[] = [
  startUp,
  askOverhead,
  throughput,
  callCost,
  peers,
  inFlight,
  lanes,
  workflows,
  steps,
  requestBucket,
  overload,
  largeAnswers,
  millionRows,
  forms,
  map,
  media,
  ranking,
];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !MEASUREMENTS.some((one) => one.name === name));
if (unknown.length > 0) {
  console.error(
    `unknown: ${unknown.join(', ')}; known: ${MEASUREMENTS.map((one) => one.name).join(', ')}`,
  );
  process.exit(2);
}

let missed = 0;
for (const measurement of MEASUREMENTS) {
  if (names.length > 0 && !names.includes(measurement.name)) continue;
  console.log(`\n${measurement.name}: ${measurement.about}`);
  const figures = await measurement.measure();
  for (const figure of figures) console.log(row(figure));
  missed += figures.filter((figure) => !holds(figure)).length;
  save(measurement, figures);
}
if (missed > 0) console.log(`\n${missed} figures do not hold`);
process.exitCode = missed === 0 ? 0 : 1;

function row(figure: Figure): string {
  const value = figure.value.toFixed(figure.value < 10 ? 3 : 0).padStart(10);
  const bound =
    figure.hold &&
    ('atLeast' in figure.hold ? `>= ${figure.hold.atLeast}` : `<= ${figure.hold.atMost}`);
  const verdict = bound === null ? '' : `  ${holds(figure) ? 'holds' : 'MISSED'} ${bound}`;
  return `  ${figure.name.padEnd(46)} ${value} ${figure.unit}${verdict}`;
}

function save(measurement: Measurement, figures: readonly Figure[]): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const result = {
    name: measurement.name,
    about: measurement.about,
    measuredAt: new Date().toISOString(),
    machine: {
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    figures,
  };
  writeFileSync(join(folder, `${measurement.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
