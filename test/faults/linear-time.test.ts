import { describe, expect, it } from 'vitest';
import { allFamilies } from '../linear-time/hostile-texts.ts';
import { READERS } from '../linear-time/readers.ts';
import { superlinearGrowth } from '../linear-time/time-growth.ts';
import { countAttacks } from '../support/attack-counts.ts';

const { attack } = countAttacks('texts that are hard to read');

describe('the time that reading a text takes, over every text that is known to be hard', () => {
  it.each(Object.entries(READERS))('grows as the text does: %s', async (name, read) => {
    for (const family of allFamilies()) {
      await attack(`${name}: ${family.name}`, async () => {
        expect(await superlinearGrowth(read, family)).toBeNull();
      });
    }
  });
});
