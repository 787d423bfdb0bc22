import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { openEngine } from '../../../runtime/index.ts';
import { command } from './index.ts';

const ok = { status: 'ok', usage: { input: 1, output: 2 }, cost_usd: 0.25, latency_ms: 100 };

function record(model: string, prompt: string, response: string, changes: object = {}) {
  return { id: `${model} ${prompt}`, model, prompt, response, answer: { ...ok, ...changes } };
}

/** Writes results and makes a report of them, as on the command line. */
async function made(records: readonly object[], words: readonly string[] = []) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'run'));
  const lines = records.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(join(folder, 'run/completed.jsonl'), lines);
  await using engine = openEngine({ workingFolder: folder });
  const { context, stdout, stderr } = createFakeCli({ engine, workingFolder: folder });
  const code = await runWords(command, ['run', ...words], context);
  const file = join(folder, 'run/report.html');
  return { code, folder, file, out: stdout.text, told: stderr.text };
}

describe('tutti report', () => {
  it('writes a page into the folder of the run and says where', async () => {
    const { code, file, out, told } = await made([record('a/1', 'p', 'x')]);
    const bytes = readFileSync(file).length;
    expect([code, out]).toEqual([0, '']);
    expect(told).toBe(`1 row in ${file} (${Math.ceil(bytes / 1000)} kB)\n`);
  });

  it('writes the same page again of the same results', async () => {
    const records = [record('a/1', 'p', 'x'), record('b/2', 'p', 'y')];
    const [one, two] = [await made(records), await made(records)];
    expect(readFileSync(one.file, 'utf8')).toBe(readFileSync(two.file, 'utf8'));
  });

  it('tells a program what it wrote', async () => {
    const { file, out, told } = await made([record('a/1', 'p', 'x')], ['--json', '-q']);
    const bytes = readFileSync(file).length;
    expect(JSON.parse(out)).toEqual({ file, bytes, rows: 1, shownRows: 1 });
    expect(told).toBe('');
  });

  it('writes the page to standard output', async () => {
    const { out } = await made([record('a/1', 'p', 'x')], ['-o', '-']);
    expect(out.startsWith('<!doctype html>')).toBe(true);
    expect(out.endsWith('</html>\n')).toBe(true);
  });

  it('says of how many rows the texts are there, and that figures are of all', async () => {
    const records = Array.from({ length: 40 }, (_, index) => record('a/1', `p${index}`, 'x'));
    const { file, told } = await made(records, ['--rows', '10']);
    const page = readFileSync(file, 'utf8');
    expect(told).toContain('40 rows, 10 of them with their texts, in ');
    expect(page).toContain('10 of 40 rows: prompts chosen by a fair draw');
    expect(page).toContain('<td class="number">40</td>');
    expect(page.match(/<article /g)).toHaveLength(10);
  });

  it('shows no text at all for --rows 0', async () => {
    const { file } = await made([record('a/1', 'secret prompt', 'secret answer')], ['--rows', '0']);
    const page = readFileSync(file, 'utf8');
    expect(page).not.toContain('secret');
    expect(page).toContain('a/<wbr>1');
  });

  it('marks what failed, what was cut, what was tried again, and unknown prices', async () => {
    const error = { code: 'timeout', message: 'nothing within 300 s', hint: 'Wait longer.' };
    const { file } = await made([
      record('a/1', 'p', 'x', { finish_reason: 'length', attempts: 3 }),
      record('b/2', 'p', 'y', { cost_usd: null }),
      {
        ...record('b/2', 'q', '', { status: 'error', error, cost_usd: null, usage: {} }),
        response: null,
      },
    ]);
    const page = readFileSync(file, 'utf8').replace(/<[^>]*>/g, '');
    expect(page).toContain('1 row failed: errors.');
    expect(page).toContain('1 answer was cut at the token limit.');
    expect(page).toContain('2 requests were sent again after an error.');
    expect(page).toContain('The price of 1 row is not known');
    expect(page).toContain('$0.2500 + ?');
    expect(page).toContain('timeout');
    expect(page).toContain('Wait longer.');
  });

  it('folds long texts away, and keeps all of them', async () => {
    const { file } = await made([record('a/1', 'p', `${'word '.repeat(1000)}end`)]);
    const page = readFileSync(file, 'utf8');
    expect(page).toContain('<summary>All 5,003 characters</summary>');
    expect(page).toContain('word end</div></details>');
  });

  it('makes a page of results in which there is nothing', async () => {
    const { code, file } = await made([]);
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('<dt>Rows</dt><dd>0');
  });
});
