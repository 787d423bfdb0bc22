import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelSelector } from '../../experiment/index.ts';
import { type SampleFolder, sampleFolder } from '../sample-folder.test-support.ts';
import { createFindTarget, type LaneTargetOptions } from './find-lane-target.ts';
import { parseLimits } from './limits-file.ts';

const SETTINGS = `aliases: {it: box/m}
endpoints: {box: {baseUrl: "http://127.0.0.1:9/v1", limits: {rpm: 9}}}`;

let folder: SampleFolder;

beforeEach(async () => {
  folder = await sampleFolder();
  await folder.write('home/config.yaml', SETTINGS);
});

afterEach(() => folder[Symbol.asyncDispose]());

async function find(selector: Partial<ModelSelector>, changes: Partial<LaneTargetOptions> = {}) {
  const findTarget = createFindTarget({
    context: await folder.load(),
    limits: new Map(),
    usual: { concurrency: 64 },
    open: () => Promise.reject(new Error('nothing is opened here')),
    ...changes,
  });
  const found = findTarget({
    reference: null,
    api: null,
    modelName: null,
    group: null,
    ...selector,
  });
  if ('message' in found) throw new Error(found.message);
  return found;
}

describe('a lane target', () => {
  it('is the same for an alias, a reference and a pair, but for the name they were given', async () => {
    const targets = [
      await find({ reference: 'it' }),
      await find({ reference: 'box/m' }),
      await find({ api: 'box', modelName: 'm' }),
    ];
    expect(targets.map(({ reference }) => reference)).toEqual(['it', 'box/m', 'box/m']);
    for (const { resolvedReference, name } of targets)
      expect([resolvedReference, name]).toEqual(['box/m', 'box/m']);
  });

  it('takes turns with the models of its server where that serves one at a time', async () => {
    const server = 'http://127.0.0.1:11434';
    expect((await find({ reference: 'ollama/m', group: 'g' })).turns).toEqual({
      server,
      model: 'm',
    });
    expect((await find({ reference: 'box/m' })).turns).toBeUndefined();
    await folder.write(
      'home/config.yaml',
      `endpoints:
  swap: {baseUrl: "http://h/v1", oneModelAtATime: true}
  large: {provider: ollama, oneModelAtATime: false}
  cloud: {provider: ollama, baseUrl: "https://ollama.com"}`,
    );
    expect((await find({ reference: 'swap/m' })).turns).toEqual({
      server: 'http://h/v1',
      model: 'm',
    });
    expect((await find({ reference: 'large/m' })).turns).toBeUndefined();
    expect((await find({ reference: 'cloud/m' })).turns).toBeUndefined();
  });

  it("has the usual limits and, over all lanes and groups, its endpoint's", async () => {
    const endpoint = { name: 'endpoint box', limits: { requestsPerMinute: 9 } };
    expect((await find({ reference: 'it' })).limiters).toEqual([
      { name: 'box/m', limits: { concurrency: 64 } },
      endpoint,
    ]);
    expect(await find({ reference: 'it', group: 'g' })).toMatchObject({
      name: 'g · box/m',
      limiters: [{ name: 'group g', limits: { concurrency: 64 } }, endpoint],
    });
  });

  it('counts against the limits of all lanes together, last', async () => {
    const total = { requestsPerMinute: 100 };
    const targets = [await find({ reference: 'it', group: 'g' }, { total })];
    targets.push(await find({ reference: 'sim/quick' }, { total }));
    for (const { limiters } of targets) {
      expect(limiters.at(-1)).toEqual({ name: 'total · all lanes', limits: total });
    }
    expect(targets.map(({ limiters }) => limiters.length)).toEqual([3, 2]);
  });

  it("has the limits file's limits for its group, and for its endpoint only without a group", async () => {
    const limits = parseLimits('{"box": {"default": 7, "n": 3}, "g": 5}', 'limits.json');
    const own = async (selector: Partial<ModelSelector>) =>
      (await find(selector, { limits })).limiters[0];
    const rpm = (requestsPerMinute: number) => ({ requestsPerMinute, concurrency: 64 });
    expect(await own({ reference: 'it' })).toEqual({ name: 'box', limits: rpm(7) });
    expect(await own({ reference: 'box/n' })).toEqual({ name: 'box · n', limits: rpm(3) });
    expect(await own({ reference: 'box/n', group: 'g' })).toEqual({ name: 'g', limits: rpm(5) });
    expect(await own({ reference: 'it', group: 'h' })).toEqual({
      name: 'group h',
      limits: { concurrency: 64 },
    });
  });

  it('starts slowly unless somebody has set how many calls may be in flight', async () => {
    const reference = 'it';
    const starts = async (changes: Partial<LaneTargetOptions>, group: string | null = null) =>
      (await find({ reference, group }, changes)).startsSlowly;
    expect(await starts({})).toBe(true);
    expect(await starts({ concurrencyIsSet: true })).toBe(false);
    const limits = parseLimits('{"g": {"concurrency": 5}, "h": 7}', 'limits.json');
    expect(await starts({ limits }, 'g')).toBe(false);
    expect(await starts({ limits }, 'h')).toBe(true);
    await folder.write('home/config.yaml', SETTINGS.replace('rpm: 9', 'concurrency: 3'));
    expect(await starts({})).toBe(false);
  });

  it('says why a model cannot be used, for each form of naming it', async () => {
    await expect(find({ reference: 'nobody/x' })).rejects.toThrow('nobody/x');
    await expect(find({ api: 'openai', modelName: 'gpt' })).rejects.toThrow('OPENAI_API_KEY');
    await expect(find({ api: 'box', modelName: ' ' })).rejects.toThrow('names no model');
  });
});
