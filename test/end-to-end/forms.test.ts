import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';
import { onlyRunOf, recordsOf } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

let folder = '';
let sim: Sim;

beforeEach(async () => {
  folder = temporaryFolder();
  sim = await startedSim();
});

function run(words: readonly string[], input?: string | Buffer) {
  return tutti(['run', ...words, '-o', 'o'], {
    cwd: folder,
    ...(input !== undefined && { input }),
  });
}

describe('experiments in other forms than JSON lines', () => {
  it('runs a CSV, keeps its rows as JSON lines, and goes on by their hash', async () => {
    const model = referenceOf(sim);
    const csv = `id,prompt,model,parameters-temperature\n007,"a ""b"",\nc",${model},0.50\n8,d,${model},\n`;
    writeFileSync(join(folder, 'e.csv'), csv);
    const { code, stderr } = await run(['e.csv']);
    expect(code, stderr).toBe(0);
    const folderOfRun = onlyRunOf(join(folder, 'o'), 'e');
    expect(recordsOf(folderOfRun).map(({ id, response }) => [id, response])).toEqual([
      ['007', 'echo: a "b",\nc'],
      ['8', 'echo: d'],
    ]);
    expect(readFileSync(join(folderOfRun, 'input.jsonl'), 'utf8')).toBe(
      `{"id":"007","prompt":"a \\"b\\",\\nc","model":"${model}","parameters":{"temperature":0.50}}\n` +
        `{"id":"8","prompt":"d","model":"${model}"}\n`,
    );
    expect((await run(['e.csv'])).stderr).toContain('This run is finished');
    // The same rows under the same name are the same run, whatever their form.
    writeFileSync(join(folder, 'e.csv'), csv.replaceAll('\n', '\r\n').replace('",\r\n', '",\n'));
    expect((await run(['e.csv'])).stderr).toContain('This run is finished');
  });

  it('reads a gzipped TSV from standard input, with a column of JSON', async () => {
    const model = referenceOf(sim);
    const tsv = gzipSync(`prompt\tmodel\n"[""a"",""b""]"\t${model}\n`);
    const { code, stderr } = await run(['-', '--typed', 'prompt'], tsv);
    expect(code, stderr).toBe(0);
    expect(recordsOf(onlyRunOf(join(folder, 'o'), 'stdin'))[0]!.response).toHaveLength(2);
  });

  it('runs a JSON list and an Arrow file, and writes files for fine-tuning of what came', async () => {
    const model = referenceOf(sim);
    const rows = [
      { id: 'a', prompt: 'p', model },
      { id: 'b', prompt: 'q', model },
    ];
    writeFileSync(join(folder, 'e.json'), JSON.stringify(rows, null, 2));
    const list = await run(['e.json', '--format', 'arrow']);
    expect(list.code, list.stderr).toBe(0);
    const of = onlyRunOf(join(folder, 'o'), 'e');
    expect(recordsOf(of).map(({ response }) => response)).toEqual(['echo: p', 'echo: q']);
    const arrow = await run(['-', '--name', 'again'], readFileSync(join(of, 'completed.arrow')));
    expect(arrow.code, arrow.stderr).toBe(0);
    const exported = ['export', of, '--format', 'openai-chat', '-o', 'tune', '--validation', '0.5'];
    const { code, stderr } = await tutti(exported, { cwd: folder });
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/1 example, ≈ \d+ tokens in .*tune\.validation\.jsonl/);
    const text = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(text('tune.jsonl') + text('tune.validation.jsonl')).toContain(
      '{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"echo: q"}]}\n',
    );
    const again = await tutti(exported, { cwd: folder });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('tune.jsonl is there already');
    expect((await tutti([...exported, '--force'], { cwd: folder })).code).toBe(0);
    writeFileSync(join(folder, 'twice.csv'), 'prompt,response\na,b\na,b\na,\n');
    const wrong = await tutti(['export', 'twice.csv', '--format', 'alpaca'], { cwd: folder });
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      'repeat: 1 row (2)\nempty completion: 1 row (3)\nnothing is written: --drop leaves these rows out\n',
    ]);
  });

  it("runs OpenAI's batch lines and the cookbook's bodies, sent where they are told to", async () => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'a' }], temperature: 0 };
    const line = { custom_id: 'r-1', method: 'POST', url: '/v1/chat/completions', body };
    writeFileSync(join(folder, 'batch.jsonl'), `${JSON.stringify(line)}\n`);
    const url = referenceOf(sim).replace(/#.*/, '');
    const { code, stderr } = await run(['batch.jsonl', '--request-url', url]);
    expect(code, stderr).toBe(0);
    expect(recordsOf(onlyRunOf(join(folder, 'o'), 'batch'))).toMatchObject([
      { id: 'r-1', model: `${url}#m`, parameters: { temperature: 0 }, response: 'echo: a' },
    ]);
    const bodies = [
      { ...body, metadata: 7 },
      { model: 'm', input: 'a' },
    ];
    const input = bodies.map((one) => `${JSON.stringify(one)}\n`).join('');
    const embeddings = await run(['-', '--request-url', `${url}/embeddings`], input);
    expect(embeddings.code).toBe(2);
    expect(embeddings.stderr).toContain('standard input:1: the line asks for embeddings');
    const chat = await run(['-', '--request-url', `${url}/chat/completions`], input.split('\n')[0]);
    expect(chat.code, chat.stderr).toBe(0);
    expect(recordsOf(onlyRunOf(join(folder, 'o'), 'stdin'))).toMatchObject([{ metadata: 7 }]);
  });

  it('refuses what is no table before anything is sent, with place and reason', async () => {
    const model = referenceOf(sim);
    writeFileSync(join(folder, 'e.csv'), `prompt,model\na,${model}\nb\n,${model}\n`);
    const short = await run(['e.csv']);
    expect(short.code).toBe(2);
    expect(short.stderr).toContain('e.csv:3: the line has 1 cell where the header has 2');
    expect(short.stderr).toContain('e.csv:4: the row has no "prompt"');
    writeFileSync(join(folder, 'e.csv'), `prompt,model\na,${model}\n"b,${model}\n`);
    const open = await run(['e.csv']);
    expect(open.code).toBe(2);
    expect(open.stderr).toContain('e.csv, line 3: a quotation mark is never closed');
    writeFileSync(join(folder, 'e.csv'), `prompt,model,prompt\na,${model},b\n`);
    const twice = await tutti(['check', 'e.csv'], { cwd: folder });
    expect(twice.code).toBe(2);
    expect(twice.stdout).toContain('more than one column is called "prompt"');
    expect(sim.counts.requests).toBe(0);
  });
});

describe('results in other forms', () => {
  it('are written beside completed.jsonl, or afterwards by export', async () => {
    const model = referenceOf(sim);
    writeFileSync(join(folder, 'e.jsonl'), `{"prompt":"a","model":"${model}"}\n`);
    const { code, stderr } = await run(['e.jsonl', '--format', 'csv', '--format', 'cookbook']);
    expect(code, stderr).toBe(0);
    const folderOfRun = onlyRunOf(join(folder, 'o'), 'e');
    const csv = readFileSync(join(folderOfRun, 'completed.csv'), 'utf8');
    expect(csv.split('\n')[1]).toContain(`a,${model},echo: a,ok,`);
    const line = JSON.parse(readFileSync(join(folderOfRun, 'completed.cookbook.jsonl'), 'utf8'));
    expect(line[1].choices[0].message.content).toBe('echo: a');
    const words = ['export', folderOfRun, '--format', 'csv', '-o', 'again.csv'];
    const again = await tutti(words, { cwd: folder });
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toContain('1 row in ');
    expect(readFileSync(join(folder, 'again.csv'), 'utf8')).toBe(csv);
  });

  it('are refused where there are none, or where they would go over their source', async () => {
    const none = await tutti(['export', '.', '--format', 'csv'], { cwd: folder });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('no completed.jsonl')]);
    writeFileSync(join(folder, 'e.csv'), 'prompt\na\n');
    const over = await tutti(['export', 'e.csv', '--format', 'csv'], { cwd: folder });
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('over itself')]);
  });
});
