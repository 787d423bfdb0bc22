import { describe, expect, it } from 'vitest';
import { fakeTargets } from '../../test/support/fake-lanes.ts';
import { LanePlan } from './lane-plan.ts';
import type { ModelSelector } from './row/experiment-row.ts';

function by(reference: string, group: string | null = null): ModelSelector {
  return { reference, api: null, modelName: null, group };
}

function pair(api: string, modelName: string, group: string | null = null): ModelSelector {
  return { reference: null, api, modelName, group };
}

describe('LanePlan', () => {
  it('gives each model a lane, in the order in which they come', () => {
    const plan = new LanePlan(fakeTargets());
    expect(['a/1', 'a/2', 'a/1', 'b/1'].map((name) => plan.laneOf(by(name)))).toEqual([0, 1, 0, 2]);
    expect(plan.lanes.map(({ name }) => name)).toEqual(['a/1', 'a/2', 'b/1']);
  });

  it('puts an alias, a reference and a pair that mean the same model on one lane', () => {
    const plan = new LanePlan(fakeTargets({ aliases: { it: 'a/1' } }));
    expect(plan.laneOf(by('it'))).toBe(0);
    expect(plan.laneOf(by('a/1'))).toBe(0);
    expect(plan.laneOf(pair('a', '1'))).toBe(0);
    expect(plan.lanes).toHaveLength(1);
  });

  it('remembers what every name stands for, also of those that share a lane', () => {
    const plan = new LanePlan(fakeTargets({ aliases: { it: 'a/1', other: 'a/1' } }));
    for (const name of ['it', 'a/1', 'other']) plan.laneOf(by(name));
    expect([...plan.resolvedReferences]).toEqual([
      ['it', 'a/1'],
      ['a/1', 'a/1'],
      ['other', 'a/1'],
    ]);
  });

  it('gives the models of a group lanes of their own, and each group its own', () => {
    const plan = new LanePlan(fakeTargets());
    const groups = [null, 'x', 'y', 'x'];
    expect(groups.map((group) => plan.laneOf(by('a/1', group)))).toEqual([0, 1, 2, 1]);
    expect(plan.laneOf(by('a/2', 'x'))).toBe(3);
  });

  it('tells names apart that only look alike when they are put together', () => {
    const plan = new LanePlan(fakeTargets());
    const selectors = [
      pair('a', 'b/c'),
      pair('a/b', 'd'),
      by('a/b', 'c'),
      by('a/b', '1:c'),
      by('=a/b'),
      pair('a', 'b', '-'),
      by('-=a/b'),
    ];
    const lanes = selectors.map((selector) => plan.laneOf(selector));
    expect(new Set(lanes).size).toBe(selectors.length);
  });

  it('looks each name up once, however many rows have it', () => {
    const found: string[] = [];
    const plan = new LanePlan(
      fakeTargets({ unknown: ['b/1'], onFind: (name) => found.push(name) }),
    );
    for (let row = 0; row < 10; row++) {
      plan.laneOf(by('a/1'));
      expect(plan.laneOf(by('b/1'))).toMatchObject({ message: expect.stringContaining('b/1') });
    }
    expect(found).toEqual(['a/1', 'b/1']);
  });

  it('has 65,536 lanes at most and keeps no more of them', () => {
    const plan = new LanePlan(fakeTargets());
    for (let lane = 0; lane < 65_536; lane++) expect(plan.laneOf(by(`a/${lane}`))).toBe(lane);
    expect(plan.laneOf(by('a/one-more'))).toMatchObject({
      message: expect.stringContaining('65536'),
    });
    expect(plan.lanes).toHaveLength(65_536);
    expect(plan.laneOf(by('a/65535'))).toBe(65_535);
  });
});
