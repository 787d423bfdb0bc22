import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, recordsOf } from '../../../test/support/run-results.ts';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import { referenceOf, startedSim } from '../../../test/support/started-sim.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import type { RunRequest } from '../runs/run-input.ts';
import { prepareRun } from './prepare-run.ts';

const MODEL = 'http://127.0.0.1:9/v1#m';

async function ready(
  engine: SampleEngine,
  file: string,
  changes: Partial<RunRequest> = {},
): Promise<ReadyRun> {
  const run = await prepareRun(engine.context, engine.run(file, changes));
  if ('finished' in run) throw new Error('the run is finished');
  return run;
}

function execute(run: ReadyRun) {
  const { signal } = new AbortController();
  return run.execute({ drain: signal, signal, onStart: () => {} });
}

/** What `run.json` says of a run. */
function factsOf(run: ReadyRun) {
  return JSON.parse(readFileSync(join(run.folder, 'run.json'), 'utf8'));
}

describe('prepareRun', () => {
  it('executes a run over HTTP, names it when it is finished, and runs it again with fresh', async () => {
    const sim = await startedSim();
    const engine = sampleEngine();
    const file = engine.write('e.jsonl', [{ prompt: 'a', model: referenceOf(sim) }]);
    const run = await ready(engine, file);
    expect(await execute(run)).toMatchObject({ state: 'finished', answered: 1 });
    expect(recordsOf(run.folder)[0]!.response).toBe('echo: a');
    const again = await prepareRun(engine.context, engine.run(file));
    expect(again).toEqual({ finished: true, folder: run.folder, failed: 0, notices: [] });
    const fresh = await ready(engine, file, { fresh: true });
    expect(await execute(fresh)).toMatchObject({ answered: 1 });
    expect(sim.counts.requests).toBe(2);
  });

  it('takes limits from a limits file, else from the request, else from the settings', async () => {
    const engine = sampleEngine(
      `run: {rpm: 10, tpm: 1000, concurrency: 5}
endpoints: {box: {baseUrl: "http://127.0.0.1:9/v1", limits: {rpm: 99}}}`,
    );
    const limitsFile = engine.write(
      'limits.json',
      JSON.stringify({ box: { default: 30, special: { rpm: 3, concurrency: 2 } }, team: 4 }),
    );
    const file = engine.write('e.jsonl', [
      { prompt: 'a', model: MODEL },
      { prompt: 'a', model: 'box/plain' },
      { prompt: 'a', model: 'box/special' },
      { prompt: 'a', model: 'box/plain', group: 'team' },
      { prompt: 'a', model: MODEL, group: 'other' },
    ]);
    const run = await ready(engine, file, { limitsFile, requestsPerMinute: 20 });
    const usual = { rpm: 20, tpm: 1000, concurrency: 5 };
    expect(factsOf(run).limits).toEqual({
      [MODEL]: usual,
      box: { rpm: 30, concurrency: 5 },
      'box · special': { rpm: 3, concurrency: 2 },
      team: { rpm: 4, concurrency: 5 },
      'group other': usual,
      'endpoint box': { rpm: 99 },
    });
    expect(run.limits.get('box/special')).toEqual({ requestsPerMinute: 3, concurrency: 2 });
    expect(run.limitsFile).toBe(limitsFile);
    expect(run.defaultLimits).toMatchObject({ requestsPerMinute: 20 });
    expect(run.unusedLimits).toEqual([]);
  });

  it('has the lanes of the parts of a consortium, and none for itself', async () => {
    const engine = sampleEngine('run: {concurrency: 3}');
    const text = 'members: [sim/quick:2, sim/careful]\narbiter: sim/careful\n';
    mkdirSync(join(engine.folder, 'home', 'consortiums'));
    writeFileSync(join(engine.folder, 'home', 'consortiums', 'team.yaml'), text);
    const file = engine.write('e.jsonl', [
      { prompt: 'a', model: 'team' },
      { prompt: 'a', model: 'sim/quick' },
      { prompt: 'a', model: 'team', group: 'one' },
    ]);
    const { limits, simulated } = await ready(engine, file);
    expect(Object.fromEntries(limits)).toEqual({
      'sim/quick': { concurrency: 3 },
      'sim/careful': expect.objectContaining({ concurrency: 3 }),
      'one · sim/quick': { concurrency: 3 },
      'one · sim/careful': expect.objectContaining({ concurrency: 3 }),
    });
    expect(simulated).toBe(true);
  });

  it('counts a consortium against all that its parts count against, turns on their server, too', async () => {
    const engine = sampleEngine();
    mkdirSync(join(engine.folder, 'home', 'consortiums'));
    const text = 'members: [ollama/small, ollama/large]\nstrategy: voting\n';
    writeFileSync(join(engine.folder, 'home', 'consortiums', 'team.yaml'), text);
    const limitersOf = async (...models: string[]) => {
      const file = engine.write('e.jsonl', [...models.map((model) => ({ prompt: 'a', model }))]);
      return new Set((await ready(engine, file, { fresh: true })).limiters);
    };
    const team = await limitersOf('team');
    expect(team).toEqual(await limitersOf('ollama/small', 'ollama/large'));
    expect([...team].filter((name) => name.startsWith('turns '))).toHaveLength(1);
  });

  it('names what a limits file limits but no row has', async () => {
    const engine = sampleEngine('endpoints: {box: {baseUrl: "http://127.0.0.1:9/v1"}}');
    const limitsFile = engine.write(
      'limits.json',
      JSON.stringify({ box: { default: 30, spezial: 3 }, bxo: 4, team: { default: 1, m: 2 } }),
    );
    const file = engine.write('e.jsonl', [{ prompt: 'a', model: 'box/special' }]);
    const run = await ready(engine, file, { limitsFile });
    expect(run.unusedLimits).toEqual(['box · spezial', 'bxo', 'team']);
  });

  it('keeps no key in the folder of the run', async () => {
    const key = 'sk-0123456789-secret';
    const sim = await startedSim();
    const engine = sampleEngine('', {
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: sim.baseUrl('openai-chat'),
    });
    const run = await ready(engine, engine.write('e.jsonl', [{ prompt: 'a', model: 'openai/m' }]));
    expect(await execute(run)).toMatchObject({ state: 'finished', failed: 0 });
    expect(factsOf(run)).toMatchObject({ state: 'finished', attempts: 5, timeout_ms: 300_000 });
    for (const path of filesBelow(run.folder)) {
      expect(readFileSync(path, 'utf8')).not.toContain(key);
    }
  });

  it('says what it does: rows, lanes, lines left out, and that it goes on', async () => {
    const engine = sampleEngine();
    const file = engine.write('e.jsonl', `[]\n{"prompt":"a","model":"${MODEL}"}\n`);
    const run = await ready(engine, file, { skipInvalid: true });
    expect(run).toMatchObject({ input: file, rows: 1, malformedLines: 1, resumed: false });
    expect([...run.limits]).toMatchObject([[MODEL, { concurrency: 64 }]]);
    expect(run.defaultLimits).toMatchObject({ concurrency: 64 });
    expect(run.simulated).toBe(false);
    expect(await execute(run)).toMatchObject({ state: 'unfinished' });
    const again = await ready(engine, file, { skipInvalid: true });
    expect(again).toMatchObject({ resumed: true, folder: run.folder });
    await execute(again);
  });

  it('refuses a wrong limits file before it makes anything', async () => {
    const engine = sampleEngine();
    const file = engine.write('e.jsonl', [{ prompt: 'a', model: MODEL }]);
    const limitsFile = engine.write('limits.json', '{"a": 0}');
    await expect(ready(engine, file, { limitsFile })).rejects.toMatchObject({
      code: 'bad_settings',
    });
    expect(existsSync(join(engine.folder, 'out'))).toBe(false);
  });
});
