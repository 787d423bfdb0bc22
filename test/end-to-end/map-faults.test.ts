import { test } from 'vitest';
import { mapFaulty } from '../support/faulty-map.ts';

test('of answers that are spoilt in every way only what is right is written', async () => {
  await mapFaulty(400, 0);
}, 60_000);

test('a map of spoilt answers killed at 3 moments accounts for every row', async () => {
  await mapFaulty(400, 3);
}, 60_000);
