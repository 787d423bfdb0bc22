import { describe, expect, it } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { readConfiguration } from '../context/action-context.ts';
import { choosePanel } from './choose-panel.ts';

async function panelOf(models: readonly string[], judges: readonly string[]) {
  const settings = 'aliases: {fast: sim/quick, swift: sim/quick, expert: sim/judge}';
  const configuration = await readConfiguration(sampleEngine(settings).context);
  return choosePanel({ models, judges }, configuration);
}

describe('choosePanel', () => {
  it('has the models judge where no judge is named', async () => {
    const { models, judges } = await panelOf(['sim/quick', 'sim/careful'], []);
    expect(judges).toEqual(models);
  });

  it('knows a judge that is one of the models by any of its names: its own votes are its own', async () => {
    const { models, judges } = await panelOf(
      ['sim/quick', 'sim/careful'],
      ['fast', 'sim/careful', 'expert'],
    );
    expect(judges.map(({ reference }) => reference)).toEqual([
      'sim/quick',
      'sim/careful',
      'expert',
    ]);
    expect(judges[0]).toBe(models[0]);
  });

  it('takes the one that is named alike where two models are the same', async () => {
    const { models, judges } = await panelOf(['sim/quick', 'fast'], ['fast']);
    expect(judges[0]).toBe(models[1]);
  });

  it.each([
    [['sim/quick', 'sim/quick'], [], 'the model sim/quick is named twice'],
    [['sim/quick', 'sim/careful'], ['expert', 'expert'], 'the judge expert is named twice'],
    [
      ['sim/quick', 'sim/careful'],
      ['fast', 'sim/quick'],
      'the judges fast and sim/quick are the same model',
    ],
    [
      ['sim/careful', 'sim/slow'],
      ['fast', 'expert', 'swift'],
      'the judges fast and swift are the same model',
    ],
  ])('refuses %j with the judges %j', async (models, judges, message) => {
    await expect(panelOf(models, judges)).rejects.toMatchObject({ code: 'bad_usage', message });
  });
});
