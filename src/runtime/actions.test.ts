import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleEngine } from '../../test/support/sample-engine.ts';
import { startedSim } from '../../test/support/started-sim.ts';
import { ACTIONS } from './actions.generated.ts';
import { bindActions, type Engine } from './open-engine.ts';

type ActionName = keyof typeof ACTIONS;

/** One use of an action, and what it must give. */
type Use = (engine: Engine, folder: string) => Promise<unknown>;

const signal = new AbortController().signal;
const VOTERS = { members: ['box/m:2'], strategies: ['voting'] };
const ENV = 'OPENAI_BASE_URL=http://127.0.0.1:9/v1\n';

/** A use of every action, as a program without a terminal makes it. */
const USES: { readonly [Name in ActionName]: Use } = {
  ask: async (engine) => {
    const heard: unknown[] = [];
    await engine.ask(
      { models: ['box/m'], prompt: 'hi', parameters: {}, samples: 1, signal },
      {
        onStart: ({ models, sources }) => heard.push(models, sources.keys),
        onAnswer: (_, __, { texts }) => heard.push(texts),
        onRecord: (_, record) => heard.push(JSON.parse(record).response),
      },
    );
    expect(heard).toEqual([['box/m'], [], ['echo: hi'], 'echo: hi']);
  },
  askConsortium: async (engine, folder) => {
    const heard: unknown[] = [];
    const output = join(folder, 'result.json');
    const { result, ...outcome } = await engine.askConsortium(
      { flags: { ...VOTERS, extract: 're:is (.)' }, prompt: 'this is 4', output },
      {
        onStart: ({ members }) => heard.push(members),
        onProgress: (line) => heard.push(line),
      },
    );
    expect(heard).toEqual([['box/m#1', 'box/m#2'], ...Array(3).fill(expect.any(String))]);
    expect(result).toMatchObject({ status: 'complete', basis: 'vote', confidence: 1 });
    expect(outcome).toMatchObject({ error: null, written: { file: output, replaced: false } });
    expect(JSON.parse(readFileSync(output, 'utf8'))).toEqual(result);
  },
  planConsortium: async (engine) => {
    const plan = await engine.planConsortium({ flags: VOTERS, prompt: 'x' });
    expect(plan).toMatchObject({ calls: 2, mostCalls: 2, models: [{ model: 'box/m', calls: 2 }] });
  },
  saveConsortium: async (engine) => {
    const saved = await engine.saveConsortium({ name: 'voters', flags: VOTERS });
    expect(saved).toMatchObject({ replaced: false, warnings: [] });
  },
  listConsortiums: async (engine) => {
    await engine.saveConsortium({ name: 'listed', flags: VOTERS });
    const all = await engine.listConsortiums();
    expect(all.find(({ name }) => name === 'listed')).toMatchObject({
      members: [{ model: 'box/m', count: 2 }],
      problems: [],
    });
  },
  showConsortium: async (engine) => {
    await engine.saveConsortium({ name: 'shown', flags: VOTERS });
    const shown = await engine.showConsortium({ consortium: 'shown' });
    expect(shown).toMatchObject({ text: 'members:\n  - box/m:2\nstrategy: voting\n', quorum: 2 });
  },
  prepareCalibration: async (engine, folder) => {
    await engine.saveConsortium({ name: 'measured', flags: VOTERS });
    const file = join(folder, 'questions.jsonl');
    writeFileSync(file, `${JSON.stringify({ prompt: 'x', expected_response: '4' })}\n`);
    const request = { consortium: 'measured', file, out: join(folder, 'calibrated') };
    const run = await engine.prepareCalibration(request);
    if ('finished' in run) throw new Error('it is finished');
    expect(await run.execute()).toMatchObject({ state: 'finished', answered: 1 });
  },
  measureCalibration: async (engine, folder) => {
    await engine.saveConsortium({ name: 'looked-at', flags: VOTERS });
    const member = (id: string, extracted: string) => ({ id, status: 'ok', extracted });
    const rounds = [{ round: 1, members: [member('box/m#1', '4'), member('box/m#2', '5')] }];
    const answer = { status: 'ok', cost_usd: 0.5, latency_ms: 20, consortium: { rounds } };
    const record = { prompt: 'x', expected_response: '4', response: 'Answer: 4.0', answer };
    writeFileSync(join(folder, 'completed.jsonl'), `${JSON.stringify(record)}\n`);
    const found = await engine.measureCalibration({ consortium: 'looked-at' }, folder);
    expect(found).toMatchObject({
      unanswered: 0,
      calibration: {
        members: [
          { model: 'box/m#1', accuracy: 1 },
          { model: 'box/m#2', accuracy: 0 },
        ],
        consortium: { model: 'looked-at', accuracy: 1, costUsd: 0.5, p50Ms: 20 },
        oracle: 1,
      },
    });
  },
  removeConsortium: async (engine) => {
    await engine.saveConsortium({ name: 'gone', flags: VOTERS });
    expect(await engine.removeConsortium('gone')).toBe(true);
    expect(await engine.removeConsortium('gone')).toBe(false);
  },
  prefer: async (engine) => {
    const heard: unknown[] = [];
    const models = ['box/m', 'box/n'];
    const outcome = await engine.prefer(
      { models, judges: [], prompt: 'hi', signal },
      { onRecord: (_, record) => heard.push(JSON.parse(record).response) },
    );
    expect(heard).toEqual(['echo: hi', 'echo: hi']);
    // Whoever echoes has no verdict of its own.
    expect(outcome).toMatchObject({ models, judges: models, isComplete: false, error: null });
    expect(outcome.verdicts).toMatchObject([{ status: 'unparsed' }, { status: 'unparsed' }]);
  },
  preparePrefer: async (engine, folder) => {
    const panel = { models: ['box/m', 'box/n'], judges: ['box/m'] };
    const file = join(folder, 'e.jsonl');
    const run = await engine.preparePrefer({ ...panel, file, out: join(folder, 'out') });
    expect(run.notices).toEqual([]);
    if ('finished' in run) throw new Error('it is finished');
    const outcome = await run.execute();
    expect(outcome).toMatchObject({ answered: 1, verdicts: { given: 0, missing: 1 } });
  },
  check: async (engine, folder) => {
    const [checked] = await engine.check([join(folder, 'e.jsonl')]);
    expect(checked).toMatchObject({ rows: 1, problems: [] });
  },
  exportResults: async (engine, folder) => {
    const source = join(folder, 'e.jsonl');
    const written = await engine.exportResults({ source, format: 'csv' });
    expect(written).toEqual({ file: join(folder, 'e.csv'), rows: 1 });
  },
  diffResults: async (engine, folder) => {
    const file = join(folder, 'e.jsonl');
    const compared = await engine.diffResults({ a: file, b: file, idKey: 'prompt' });
    expect(compared).toMatchObject({ compared: 1, same: 1 });
  },
  missingRows: async (engine, folder) => {
    const file = join(folder, 'e.jsonl');
    const out = join(folder, 'missing.jsonl');
    const found = await engine.missingRows({ input: file, results: file, out, idKey: 'prompt' });
    expect(found).toEqual({ rows: 1, missing: 1, failed: 1, unreadable: 0 });
  },
  scoreResults: async (engine, folder) => {
    const source = join(folder, 'scored-before.jsonl');
    const row = { model: 'a/1', prompt: 'x', response: 'b', expected_response: 'b' };
    writeFileSync(source, `${JSON.stringify(row)}\n`);
    const out = join(folder, 'scored.jsonl');
    const scored = await engine.scoreResults({ source, out, scores: ['match'] });
    expect(scored.aggregates.scores).toMatchObject([{ key: 'match', model: 'a/1', mean: 1 }]);
  },
  reportRun: async (engine, folder) => {
    const { report, file } = await engine.reportRun({ source: join(folder, 'e.jsonl') });
    expect(report.total).toMatchObject({ rows: 1, notAsked: 1 });
    expect(file).toBe(join(folder, 'e.report.html'));
  },
  writeReport: async (engine, folder) => {
    const file = join(folder, 'page.html');
    await engine.writeReport(file, '<!doctype html>');
    expect(readFileSync(file, 'utf8')).toBe('<!doctype html>');
  },
  planRun: async (engine, folder) => {
    const plan = await engine.planRun({ file: join(folder, 'e.jsonl'), concurrency: 3 });
    expect(plan.lanes).toMatchObject([{ name: 'box/m', limits: [{ concurrency: 3 }] }]);
  },
  planMap: async (engine, folder) => {
    const file = join(folder, 'e.jsonl');
    const plan = await engine.planMap({ file, prompt: '${prompt}', models: ['box/m'] });
    expect(plan).toMatchObject({ rows: 1, calls: 1 });
  },
  prepareMap: async (engine, folder) => {
    const file = join(folder, 'e.jsonl');
    const output = join(folder, 'mapped.jsonl');
    const map = await engine.prepareMap({ file, output, prompt: '${prompt}', models: ['box/m'] });
    if ('finished' in map) throw new Error('it is finished');
    const { counts } = await map.execute();
    expect(counts).toMatchObject({ in: 1, answered: 1, out: 1, asks: 1 });
    expect(JSON.parse(readFileSync(output, 'utf8')).output).toMatch(/^echo: /);
  },
  prepareRun: async (engine, folder) => {
    const file = join(folder, 'e.jsonl');
    const run = await engine.prepareRun({ file, out: join(folder, 'out'), concurrency: 3 });
    if ('finished' in run) throw new Error('it is finished');
    expect([...run.limits]).toMatchObject([['box/m', { concurrency: 3 }]]);
    const outcome = await run.execute({ drain: signal, signal, onStart: () => {} });
    expect(outcome).toMatchObject({ state: 'finished', answered: 1 });
  },
  prepareFinish: async (engine, folder) => {
    const out = join(folder, 'finished-out');
    const run = await engine.prepareRun({ file: join(folder, 'e.jsonl'), out });
    if ('finished' in run) throw new Error('it is finished');
    await run.discard();
    const finish = await engine.prepareFinish({ folder: run.folder });
    const outcome = await finish.execute({ drain: signal, signal, onStart: () => {} });
    expect(outcome).toMatchObject({ state: 'unfinished', rows: 1, answered: 0 });
  },
  prepareJudge: async (engine, folder) => {
    const run = await engine.prepareJudge(judgeRequest(folder));
    if ('finished' in run) throw new Error('it is finished');
    expect(run).toMatchObject({ rows: 1, folder: expect.stringContaining('judge-r') });
    const outcome = await run.execute({ drain: signal, signal, onStart: () => {} });
    expect(outcome).toMatchObject({ state: 'finished', answered: 1 });
  },
  writeJudgeRows: async (engine, folder) => {
    const file = join(folder, 'rows.jsonl');
    const written = await engine.writeJudgeRows(judgeRequest(folder), file);
    expect(written).toEqual({ file, rows: 1, notices: [] });
    expect(readFileSync(file, 'utf8')).toContain('"prompt":"Is 4 right?"');
  },
  prepareRephrase: async (engine, folder) => {
    const run = await rephrasedOf(engine, folder);
    expect(run).toMatchObject({ rows: 1, folder: expect.stringContaining('rephrase-e') });
  },
  prepareRephrased: async (engine, folder) => {
    const { folder: by } = await rephrasedOf(engine, folder);
    const run = await engine.prepareRephrased(rephraseRequest(folder), by);
    if ('finished' in run) throw new Error('it is finished');
    expect(run).toMatchObject({ rows: 2, folder: expect.stringContaining('post-rephrase-e') });
    await run.discard();
  },
  writeRephrased: async (engine, folder) => {
    const { folder: by } = await rephrasedOf(engine, folder);
    const written = await engine.writeRephrased(rephraseRequest(folder), by);
    expect(written).toMatchObject({ rows: 2, counts: { rephrased: 1, equal: 0 } });
    expect(readFileSync(written.file, 'utf8')).toContain('"prompt":"echo: ');
  },
  prepareTry: async (engine, folder) => {
    const run = await engine.prepareTry({ out: join(folder, 'try') });
    expect(run).toMatchObject({ simulated: true, resumed: false });
    await run.discard();
  },
  openModels: async (engine) => {
    const models = await engine.openModels(['box/m']);
    expect(models.map(({ reference }) => reference)).toEqual(['box/m']);
  },
  testModels: async (engine) => {
    const tested: unknown[] = [];
    const onTested = (one: { readonly model: string; readonly answer: { status: string } }) =>
      tested.push([one.model, one.answer.status]);
    await engine.testModels({ models: ['box/m'], signal }, { onTested });
    expect(tested).toEqual([['box/m', 'ok']]);
  },
  listModels: async (engine) => {
    const { providers } = await engine.listModels();
    expect(providers[0]).toMatchObject({ name: 'box', ready: true, key: null });
  },
  watch: async (engine, folder) => {
    const path = join(folder, 'pipeline');
    mkdirSync(join(path, 'input'), { recursive: true });
    renameSync(join(folder, 'e.jsonl'), join(path, 'input', 'e.jsonl'));
    const outcome = await engine.watch({ folder: path, once: true, settleMs: 0 });
    expect(outcome).toEqual({ state: 'empty', runs: 1, imperfect: 0, refused: 0, left: 0 });
  },
  findKeyVariable: async (engine) => {
    expect(await engine.findKeyVariable('openai')).toBe('OPENAI_API_KEY');
  },
  setKey: async (engine) => {
    await engine.setKey('GROQ_API_KEY', 'gsk-0123456789-abcdefghij');
  },
  listKeys: async (engine) => {
    await engine.setKey('GROQ_API_KEY', 'gsk-0123456789-abcdefghij');
    const { keys } = await engine.listKeys();
    expect(keys).toMatchObject([{ variable: 'GROQ_API_KEY', ends: 'hij' }]);
  },
  removeKey: async (engine) => {
    expect(await engine.removeKey('GROQ_API_KEY')).toBe(false);
    await engine.setKey('GROQ_API_KEY', 'gsk-0123456789-abcdefghij');
    expect(await engine.removeKey('GROQ_API_KEY')).toBe(true);
  },
  listMedia: async (engine) => {
    expect(await engine.listMedia({ endpoint: 'files' })).toEqual([]);
  },
  uploadMedia: async (engine, folder) => {
    const path = join(folder, 'a.pdf');
    writeFileSync(path, '%PDF-1.4');
    const heard: unknown[] = [];
    await engine.uploadMedia({ endpoint: 'files', files: [path, path] }, ({ wasThere, file }) =>
      heard.push([wasThere, file.displayName]),
    );
    expect(heard).toEqual([
      [false, 'a.pdf'],
      [false, 'a.pdf'],
    ]);
    await engine.uploadMedia({ endpoint: 'files', files: [path] }, ({ wasThere }) =>
      heard.push(wasThere),
    );
    expect([heard[2], (await engine.listMedia({ endpoint: 'files' })).length]).toEqual([true, 1]);
  },
  deleteMedia: async (engine, folder) => {
    const path = join(folder, 'a.pdf');
    writeFileSync(path, '%PDF-1.4');
    let name = '';
    await engine.uploadMedia({ endpoint: 'files', files: [path] }, ({ file }) => {
      name = file.name;
    });
    const named = await engine.deleteMedia({ endpoint: 'files', names: [name, 'files/none'] });
    expect(named).toEqual({ removed: [name], missing: ['files/none'] });
    expect(await engine.deleteMedia({ endpoint: 'files', names: [], all: true })).toMatchObject({
      removed: [],
    });
  },
  reviewTrust: async (engine, folder) => {
    mkdirSync(join(folder, 'project'));
    writeFileSync(join(folder, 'project', '.env'), ENV);
    expect(await engine.reviewTrust('project')).toMatchObject({ open: [{ state: 'new' }] });
  },
  agreeToTrust: async (engine, folder) => {
    mkdirSync(join(folder, 'project'));
    writeFileSync(join(folder, 'project', '.env'), ENV);
    const { open } = await engine.reviewTrust('project');
    await engine.agreeToTrust(open);
    expect((await engine.reviewTrust('project')).open).toEqual([]);
  },
};

/** Has the prompt of the experiment rephrased. */
function rephraseRequest(folder: string) {
  const file = join(folder, 'e.jsonl');
  return { file, out: join(folder, 'rephrase-out'), rephrasing: { models: ['box/m'] } };
}

async function rephrasedOf(engine: Engine, folder: string) {
  const run = await engine.prepareRephrase(rephraseRequest(folder));
  if ('finished' in run) throw new Error('it is finished');
  await run.execute({ drain: signal, signal, onStart: () => {} });
  return run;
}

/** Has one answer judged. */
function judgeRequest(folder: string) {
  const [answers, template] = [join(folder, 'r.jsonl'), join(folder, 't.txt')];
  writeFileSync(answers, '{"prompt": "2 + 2", "response": "4"}\n');
  writeFileSync(template, 'Is {OUTPUT_RESPONSE} right?');
  const judging = { judges: ['box/m'], templates: [template] };
  return { file: answers, out: join(folder, 'judge-out'), judging };
}

describe('every action works without a terminal, on data alone', () => {
  it.each(Object.keys(ACTIONS) as ActionName[])('%s', async (name) => {
    const sim = await startedSim();
    const files = `files: {provider: gemini, baseUrl: "${sim.baseUrl('gemini')}"}`;
    const sample = sampleEngine(
      `endpoints: {box: {baseUrl: "${sim.baseUrl('openai-chat')}"}, ${files}}`,
    );
    sample.write('e.jsonl', [{ prompt: 'a', model: 'box/m' }]);
    await USES[name](bindActions(sample.context), sample.folder);
  });
});

describe('an engine with a working folder', () => {
  const inFolder = async () => {
    const sim = await startedSim();
    const sample = sampleEngine(`endpoints: {box: {baseUrl: "${sim.baseUrl('openai-chat')}"}}`);
    sample.write('e.jsonl', [{ prompt: 'a', model: 'box/m' }]);
    writeFileSync(join(sample.folder, 'limits.json'), '{"box": 120}');
    return { ...sample, engine: bindActions({ ...sample.context, workingFolder: sample.folder }) };
  };

  it('takes every path from there, whatever the folder of the process is', async () => {
    const { engine, folder } = await inFolder();
    const [checked] = await engine.check(['e.jsonl']);
    expect(checked).toMatchObject({ file: 'e.jsonl', readable: true, rows: 1 });
    const request = { file: 'e.jsonl', limitsFile: 'limits.json', out: 'out' };
    const plan = await engine.planRun(request);
    expect(plan.lanes[0]!.limits).toMatchObject([{ requestsPerMinute: 120 }]);
    const run = await engine.prepareRun(request);
    if ('finished' in run) throw new Error('it is finished');
    expect(run).toMatchObject({ input: 'e.jsonl', limitsFile: 'limits.json' });
    expect(run.folder.startsWith(join(folder, 'out', 'e'))).toBe(true);
    expect(await run.execute()).toMatchObject({ state: 'finished', answered: 1 });
  });

  it('needs no more of a program than what is asked', async () => {
    const { engine } = await inFolder();
    const texts: unknown[] = [];
    await engine.ask(
      { models: ['box/m'], prompt: 'hi' },
      { onAnswer: (_, __, answer) => texts.push(...answer.texts) },
    );
    expect(texts).toEqual(['echo: hi']);
    await engine.testModels({ models: ['box/m'] }, { onTested: () => texts.push('tested') });
    expect(texts).toHaveLength(2);
  });

  it('says that a folder to trust is not there', async () => {
    const { engine } = await inFolder();
    for (const folder of ['nowhere', 'e.jsonl']) {
      await expect(engine.reviewTrust(folder)).rejects.toMatchObject({ code: 'file_missing' });
    }
  });
});
