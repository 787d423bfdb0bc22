import { describe, expect, it } from 'vitest';
import { fakeTargets } from '../../../test/support/fake-lanes.ts';
import { checkedFilling, refuseFillingRun } from './row-filling.ts';

const FIND = fakeTargets({ unknown: ['bad/1', 'bad/2'], aliases: { fast: 'a/1' } });

describe('what rows are filled with', () => {
  it('names every model that cannot be asked', () => {
    expect(() => checkedFilling({ models: ['bad/1', 'a/1', 'bad/2'] }, FIND)).toThrow(
      expect.objectContaining({
        code: 'unknown_model',
        message: 'bad/1: no such model (Look it up.)\nbad/2: no such model (Look it up.)',
      }),
    );
  });

  it.each([
    [{ models: ['a/1', 'a/1'] }, 'a/1 is named twice by -m'],
    [{ models: ['a/1', 'fast'] }, 'a/1 and fast, both named by -m, are one model'],
    [{ overrideModel: true }, '--override-model names no model'],
    [{ samples: 2, parameters: { n: 3 } }, '-n and --param n'],
  ])('may not be %j', (filling, message) => {
    expect(() => checkedFilling(filling, FIND)).toThrow(
      expect.objectContaining({ code: 'bad_usage', message: expect.stringContaining(message) }),
    );
  });

  it('is nothing for a run that goes on', () => {
    const file = 'tutti-out/e/1';
    const none = { models: [], overrideModel: false, parameters: {}, file };
    expect(() => refuseFillingRun(none)).not.toThrow();
    for (const filling of [{ models: ['a/1'] }, { system: '' }, { overrideModel: true }]) {
      expect(() => refuseFillingRun({ ...filling, file })).toThrow(
        expect.objectContaining({ code: 'bad_usage' }),
      );
    }
  });
});
