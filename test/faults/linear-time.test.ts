import { describe, expect, it } from 'vitest';
import { allFamilies } from '../linear-time/hostile-texts.ts';
import { READERS } from '../linear-time/readers.ts';
import { superlinearGrowth } from '../linear-time/time-growth.ts';

describe('the time that reading a text takes, over every text that is known to be hard', () => {
  it.each(Object.entries(READERS))('grows as the text does: %s', async (_, read) => {
    const found: string[] = [];
    for (const family of allFamilies()) {
      const growth = await superlinearGrowth(read, family);
      if (growth !== null) found.push(`${family.name}: ${growth}`);
    }
    expect(found).toEqual([]);
  });
});
