import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PANEL_PARAMETERS, readPanelSettings } from './panel-settings.ts';

test('the guide has every parameter with what it usually is', () => {
  const guide = readFileSync('docs/guide/simulated-endpoints.md', 'utf8');
  const rows = [...guide.matchAll(/^\| `(\w+)` \| (\S+) \|/gm)].map(([, name, usual]) => [
    name,
    usual,
  ]);
  expect(rows).toEqual(PANEL_PARAMETERS.map(({ name, usual }) => [name, usual]));
});

test('what is not given is as usual', () => {
  const settings = readPanelSettings('');
  for (const { name, usual } of PANEL_PARAMETERS) {
    expect(settings).toHaveProperty(name, usual === 'none' ? null : Number(usual));
  }
});

test('values are read as they are written', () => {
  expect(readPanelSettings('skill=.5&bias=-1.25&seed=9&latency=1s')).toMatchObject({
    skill: 0.5,
    bias: -1.25,
    seed: 9,
    latency: { kind: 'fixed', ms: 1000 },
  });
});
