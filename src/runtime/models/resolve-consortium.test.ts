import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimpleModel } from '../../core/model.ts';
import type { ChosenStrategy, Strategy } from '../../panel/index.ts';
import { type SampleFolder, sampleFolder } from '../sample-folder.test-support.ts';
import { sourcesOf } from './choose-models.ts';
import { createFindTarget } from './find-lane-target.ts';
import { plannedParts } from './planned-parts.ts';
import { simpleParts } from './resolve-consortium.ts';
import { resolveModel } from './resolve-model.ts';
import type { ResolvedConsortium, SimpleResolvedModel } from './resolved-model.ts';

let folder: SampleFolder;

beforeEach(async () => {
  folder = await sampleFolder();
});

afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

const save = (name: string, text: string) => folder.write(`home/consortiums/${name}.yaml`, text);
const resolve = async (reference: string, variables: Record<string, string> = {}) =>
  resolveModel(reference, await folder.load(variables));

async function found(reference: string, variables?: Record<string, string>) {
  const model = await resolve(reference, variables);
  if (model.kind !== 'consortium') throw new Error(JSON.stringify(model));
  return model;
}

async function problemOf(reference: string) {
  const model = await resolve(reference);
  if (model.kind !== 'problem') throw new Error(`${reference} is ${model.kind}`);
  return model;
}

const selector = { api: null, modelName: null, group: null };

/** Targets of rows, with models that are only their names. */
async function targetsOf(references: readonly string[]) {
  const opened: SimpleResolvedModel[] = [];
  const open = async (model: SimpleResolvedModel) => {
    opened.push(model);
    return { reference: model.reference, severalChoices: false } as SimpleModel;
  };
  const context = await folder.load();
  const findTarget = createFindTarget({
    context,
    limits: new Map(),
    usual: { concurrency: 4 },
    open,
  });
  const targets = references.map((reference) => {
    const target = findTarget({ ...selector, reference });
    if ('message' in target) throw new Error(target.message);
    return target;
  });
  return { targets, opened };
}

describe('a saved consortium', () => {
  it('is a model by its name, by an alias, and as a part of another', async () => {
    await save('team', 'members: [sim/quick:2, sim/careful]\narbiter: sim/careful');
    await save('outer', 'members: [team:2, sim/quick]\narbiter: team');
    await folder.write('home/config.yaml', 'aliases: {t: team}\n');
    const outer = await found('outer');
    expect(outer.members.map(({ reference }) => reference)).toEqual(['team', 'sim/quick']);
    expect(simpleParts(outer).map(({ reference }) => reference)).toEqual([
      'sim/quick',
      'sim/careful',
    ]);
    expect(await found('t')).toMatchObject({ reference: 't', name: 'team' });
    expect((await found('t')).hash).toBe((await found('team')).hash);
  });

  it('is another one once its definition, a part of it, or an alias in it has changed', async () => {
    await save('team', 'members: [fast]\narbiter: sim/careful');
    await save('outer', 'members: [team]\narbiter: sim/careful');
    await folder.write('home/config.yaml', 'aliases: {fast: sim/quick}\n');
    const names = async () => [(await found('team')).laneName, (await found('outer')).laneName];
    const first = await names();
    expect(await names()).toEqual(first);
    await folder.write('home/config.yaml', 'aliases: {fast: sim/careful}\n');
    const second = await names();
    await save('team', 'members: [fast]\narbiter: sim/careful\nseed: 2');
    const third = await names();
    expect(new Set([...first, ...second, ...third]).size).toBe(6);
  });

  it('tells every part that cannot be asked, with its place', async () => {
    await save('inner', 'members: [openai/gpt-5]\narbiter: nope/x');
    await save('team', 'members:\n  - inner\n  - gone\narbiter: sim/quikc');
    const { message, parts } = await problemOf('team');
    const home = join(folder.home, 'consortiums');
    expect(parts?.map((one) => one.message)).toEqual([
      `${home}/inner.yaml:1:11: openai/gpt-5: OpenAI needs a key; looked for OPENAI_API_KEY, OPENAI_API_KEY_gpt_5`,
      `${home}/inner.yaml:2:10: nope/x: no provider or endpoint is called nope`,
      `${home}/team.yaml:3:5: gone: is no alias and no consortium, and names no provider`,
      `${home}/team.yaml:4:10: sim/quikc: no simulated model has that name`,
    ]);
    for (const { message: one } of parts!) expect(message).toContain(one);
  });

  it.each(['team.yaml', './team.yaml', '/tmp/team.yml'])('is no file: %s', async (written) => {
    expect(await problemOf(written)).toMatchObject({
      message: `${written}: is a file, and no model`,
      hint: expect.stringContaining(`tutti consortium save NAME ${written}`),
    });
  });

  it('that is a part of itself is told with the way round', async () => {
    await save('a', 'members: [b]\narbiter: sim/quick');
    await save('b', 'members: [sim/quick, c]\narbiter: sim/quick');
    await save('c', 'members: [sim/quick]\narbiter: a');
    expect((await problemOf('a')).message).toContain('(a -> b -> c -> a)');
    expect((await problemOf('c')).message).toContain('(c -> a -> b -> c)');
    await save('self', 'members: [self]\narbiter: sim/quick');
    expect((await problemOf('self')).message).toContain('(self -> self)');
  });

  it('takes no time that doubles with each that it is within', async () => {
    await save('n0', 'members: [sim/quick]\narbiter: sim/quick');
    for (let n = 1; n <= 40; n++) {
      await save(`n${n}`, `members: [n${n - 1}, "n${n - 1}:2"]\narbiter: n${n - 1}`);
    }
    expect((await problemOf('n40')).message).toMatch(
      /n40: the consortium cannot be asked: One question to it would be \d\.\de\+\d\d calls, and at most 1,000,000 can be made/,
    );
    const deep = await found('n9');
    expect(simpleParts(deep)).toHaveLength(1);
    expect(plannedParts(deep)).not.toHaveLength(0);
  });

  it('stands within as many others as a run can ask, and no more', async () => {
    await save('n1', 'members: [sim/quick]\narbiter: sim/quick');
    for (let n = 2; n <= 60; n++) {
      await save(`n${n}`, `members: [n${n - 1}, sim/quick]\narbiter: sim/quick`);
    }
    expect((await found('n45')).members).toHaveLength(2);
    expect((await problemOf('n46')).message).toContain(
      'n1: stands within 45 consortiums (n46 -> n45 -> …), more than can be asked',
    );
  });

  it('harms nobody else where it is broken, and is read only when it is named', async () => {
    await save('broken', 'members: [');
    await save('team', 'members: [sim/quick]\narbiter: sim/careful');
    expect((await found('team')).name).toBe('team');
    expect((await problemOf('broken')).message).toContain('broken.yaml:1:');
    const context = await folder.load();
    await rm(join(folder.home, 'consortiums', 'team.yaml'));
    await save('team', 'members: [sim/careful]\narbiter: sim/careful');
    const model = resolveModel('team', context) as ResolvedConsortium;
    expect(model.members[0]?.reference).toBe('sim/careful');
  });

  it('is no file of the working folder, and none outside of its own', async () => {
    await folder.write('project/consortiums/evil.yaml', 'members: [sim/quick]\narbiter: sim/quick');
    await folder.write('project/evil.yaml', 'members: [sim/quick]\narbiter: sim/quick');
    await folder.write('home/evil.yaml', 'members: [sim/quick]\narbiter: sim/quick');
    for (const name of [
      'evil',
      '../evil',
      './evil.yaml',
      'evil.yaml',
      `${folder.home}/evil.yaml`,
    ]) {
      expect((await resolve(name)).kind, name).toBe('problem');
    }
  });

  it('is told with the name that is like it', async () => {
    await save('team', 'members: [sim/quick]\narbiter: sim/careful');
    expect((await problemOf('taem')).hint).toContain('Did you mean team?');
  });
});

describe('the target of a consortium', () => {
  it('has no lane: its parts travel in the lanes that rows of their own would have', async () => {
    await save('team', 'members: [sim/quick:2, sim/careful]\narbiter: sim/careful');
    const { targets, opened } = await targetsOf(['sim/quick', 'team']);
    const [quick, team] = targets;
    expect(team).toMatchObject({ isComposite: true, name: 'team', severalChoices: false });
    expect(team?.limiters.map(({ name }) => name)).toEqual(['sim/quick', 'sim/careful']);
    const [own, whole] = [await quick!.open(), await team!.open()];
    expect('models' in whole && whole.models.includes(own)).toBe(true);
    expect(opened.map(({ reference }) => reference)).toEqual(['sim/quick', 'sim/careful']);
  });

  it('says how many calls it is, at least and at most', async () => {
    await save('team', 'members: [sim/quick:2, sim/careful]\narbiter: [sim/careful, sim/quick]');
    await save('voters', 'members: [sim/quick:3]\nstrategy: voting\narbiter: sim/careful');
    await save('outer', 'members: [team:2]\narbiter: sim/quick\nmaxIterations: 1');
    const sums = async (name: string) => {
      const parts = plannedParts(await found(name));
      const of = (key: 'least' | 'most') => parts.reduce((sum, one) => sum + one[key], 0);
      return [of('least'), of('most')];
    };
    expect(await sums('team')).toEqual([4, 3 * (3 + 2 * 2)]);
    expect(await sums('voters')).toEqual([3, 3 + 2]);
    expect(await sums('outer')).toEqual([2 * 4 + 1, 2 * 21 + 2]);
  });

  it("may ask who has voted again where a strategy of one's own is in it", async () => {
    await save('team', 'members: [sim/quick]\nstrategy: voting');
    const team = await found('team');
    const voting = { name: 'voting', parameters: {} };
    const own: Strategy = { name: 'x', about: '', parameters: [], prepare: () => ({}) };
    const callsWith = (strategies: readonly ChosenStrategy[]) => {
      const options = { ...team.found.options, strategies };
      const [part] = plannedParts({ ...team, found: { ...team.found, options } });
      return [part!.least, part!.most];
    };
    expect(callsWith([voting])).toEqual([1, 1]);
    expect(callsWith([voting, { name: './x.ts', parameters: {}, own }])).toEqual([1, 3]);
    const deciding = { ...own, decides: true };
    expect(callsWith([{ name: './x.ts', parameters: {}, own: deciding }])).toEqual([1, 3]);
  });

  it('cannot be told what a member cannot, nor shown media that members of several makers read', async () => {
    await save('team', 'members: [sim/quick, sim/careful]\narbiter: sim/careful');
    const { targets } = await targetsOf(['team']);
    const turns = [[{ role: 'user', content: 'x' }]];
    expect(targets[0]?.refuses?.({ turns, mode: 'chat' })).toBeNull();
    expect(targets[0]?.refuses?.({ turns, mode: 'completion' })?.message).toContain('in chats');
  });
});

it('the keys and addresses of parts are told, each once', async () => {
  await folder.write(
    'home/config.yaml',
    'endpoints: {box: {baseUrl: "http://127.0.0.1:9/v1", keyVariable: BOX_KEY}}\n',
  );
  await save('team', 'members: [openai/gpt-5:2, box/m]\narbiter: sim/quick');
  const variables = { OPENAI_API_KEY: 'sk-1', BOX_KEY: 'sk-2' };
  const { simulated, keys, addresses } = sourcesOf([await found('team', variables)]);
  expect(simulated).toBe(true);
  expect(keys.map(({ variable }) => variable)).toEqual(['OPENAI_API_KEY', 'BOX_KEY']);
  expect(addresses.map(({ endpoint }) => endpoint)).toEqual(['box']);
});
