import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimpleModel } from '../../core/model.ts';
import { type SampleFolder, sampleFolder } from '../sample-folder.test-support.ts';
import { openedConsortium, openingOf } from './open-consortium.ts';
import { resolveModel } from './resolve-model.ts';

let folder: SampleFolder;

beforeEach(async () => {
  folder = await sampleFolder();
});

afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

it('knows members by what their aliases stand for, and by the parts of those that are consortiums', async () => {
  await folder.write('home/config.yaml', 'aliases: {clever: sim/careful}\n');
  await folder.write(
    'home/consortiums/team.yaml',
    'members: [clever:2, inner]\narbiter: sim/quick',
  );
  await folder.write('home/consortiums/inner.yaml', 'members: [sim/judge]\narbiter: sim/judge');
  const resolved = resolveModel('team', await folder.load());
  if (resolved.kind !== 'consortium') throw new Error(JSON.stringify(resolved));
  const open = openingOf(
    async ({ reference }) => ({ reference, severalChoices: false }) as SimpleModel,
  );
  const { members } = await openedConsortium(resolved, open);
  const ids = members.map(({ names = [] }) => names.map(({ alias, modelId }) => [alias, modelId]));
  const clever = [['clever', 'careful']];
  const inner = [
    ['inner', 'inner'],
    ['sim/judge', 'judge'],
  ];
  expect(ids).toEqual([clever, clever, inner]);
});
