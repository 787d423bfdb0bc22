import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { referenceOf, startedSim } from '../../../test/support/started-sim.ts';
import type { SimpleModel } from '../../core/model.ts';
import { systemClock } from '../../core/system-clock.ts';
import { PROVIDERS } from '../../providers/index.ts';
import { type SampleFolder, sampleFolder } from '../sample-folder.test-support.ts';
import { ModelOpener } from './model-opener.ts';
import { resolveModel } from './resolve-model.ts';
import type { ResolvedModel } from './resolved-model.ts';

let folder: SampleFolder;
let opener: ModelOpener;

beforeEach(async () => {
  folder = await sampleFolder();
  opener = new ModelOpener({
    clock: systemClock,
    proxy: {},
    certificateFile: undefined,
    connections: 10,
  });
});

afterEach(async () => {
  await opener.close();
  await folder[Symbol.asyncDispose]();
});

async function resolved(reference: string): Promise<ResolvedModel> {
  const model = resolveModel(reference, await folder.load({}, { providers: PROVIDERS }));
  if (model.kind === 'problem') throw new Error(model.message);
  return model;
}

function ask(model: SimpleModel, text = '2 + 2') {
  const messages = [{ role: 'user', content: text }] as const;
  const { signal } = new AbortController();
  return model.generate({ messages, parameters: {}, choices: 1 }, { signal });
}

describe('ModelOpener', () => {
  it('opens a model at an address under the name by which it was asked for', async () => {
    const sim = await startedSim();
    const model = await opener.open(await resolved(referenceOf(sim)));
    expect(model.reference).toBe(referenceOf(sim));
    expect((await ask(model, 'hi')).texts).toEqual(['echo: hi']);
    expect(sim.requests[0]!.headers.authorization).toBeUndefined();
  });

  it('starts simulated models by itself, once, each with its price', async () => {
    const models = [await resolved('sim/quick'), await resolved('sim/careful')];
    const [quick, careful] = await Promise.all(models.map((model) => opener.open(model)));
    expect(quick!.reference).toBe('sim/quick');
    const answers = await Promise.all([ask(quick!), ask(careful!)]);
    for (const { texts, costUsd } of answers) {
      expect(texts).toHaveLength(1);
      expect(costUsd).toBeGreaterThan(0);
    }
  });

  it('takes secrets out of what models say that are opened after they were named', async () => {
    const sim = await startedSim();
    opener.protect(['first-Zq7Wx2Lk9Vb4Nm8R']);
    opener.protect(['another-Rt3Ky5Hj6Gf2Ds1']);
    const model = await opener.open(await resolved(referenceOf(sim)));
    const said = await ask(model, 'I know first-Zq7Wx2Lk9Vb4Nm8R and another-Rt3Ky5Hj6Gf2Ds1.');
    expect(said.texts).toEqual(['echo: I know [key] and [key].']);
  });

  it('ends the simulated endpoints and every connection when it is closed', async () => {
    const model = await opener.open(await resolved('sim/quick'));
    await ask(model);
    await opener.close();
    await expect(ask(model)).rejects.toThrow();
  });

  it('can be closed when nothing was opened, and twice', async () => {
    await opener.close();
    await opener.close();
  });
});
