// Run as a process of its own: appends answers to the journal at argv[2] and prints the number of
// each row once it was reported safe, until it is killed.
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/core/system-clock.ts';
import { Journal } from '../../src/store/index.ts';
import { someAnswer } from './some-answer.ts';

const journal = await Journal.open(process.argv[2]!, { clock: systemClock });
let next = 0;

async function appendForever(): Promise<never> {
  for (;;) {
    const row = next++;
    await journal.append(someAnswer({ row }, { texts: ['x'.repeat(row % 3000)] }));
    writeSync(1, `${row}\n`);
  }
}

await Promise.all(Array.from({ length: 20 }, appendForever));
