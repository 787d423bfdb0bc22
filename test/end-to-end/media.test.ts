import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';
import { mediaSample } from '../support/media-samples.ts';
import { onlyRunOf, recordsOf } from '../support/run-results.ts';
import { startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

let folder = '';
let sim: Sim;

beforeEach(async () => {
  folder = temporaryFolder();
  sim = await startedSim();
  mkdirSync(join(folder, 'input'));
  mkdirSync(join(folder, 'media'));
  writeFileSync(join(folder, 'media', 'cat.jpg'), mediaSample('image/jpeg', 200_000));
  writeFileSync(join(folder, 'media', 'a.pdf'), mediaSample('application/pdf'));
});

const command = (words: readonly string[], input?: string) =>
  tutti(words, {
    cwd: folder,
    ...(input !== undefined && { input }),
    env: {
      OPENAI_API_KEY: 'sk-test',
      ANTHROPIC_API_KEY: 'sk-test',
      GEMINI_API_KEY: 'test',
      OPENAI_BASE_URL: sim.baseUrl('openai-chat'),
      ANTHROPIC_BASE_URL: sim.baseUrl('anthropic'),
      GEMINI_BASE_URL: sim.baseUrl('gemini'),
      OLLAMA_BASE_URL: sim.baseUrl('ollama'),
    },
  });

/** prompto's own parts, each for the API that it was written for and for all others. */
const FORMS = {
  openai: { role: 'user', content: ['What?', { type: 'image_url', image_url: 'cat.jpg' }] },
  anthropic: {
    role: 'user',
    content: ['What?', { type: 'image', source: { media: 'cat.jpg', media_type: 'image/jpeg' } }],
  },
  gemini: { role: 'user', parts: ['What?', { type: 'image', media: 'cat.jpg' }] },
};

function write(rows: readonly object[]): void {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`);
  writeFileSync(join(folder, 'input', 'e.jsonl'), lines.join(''));
}

describe('an experiment with images', () => {
  it('runs in the form of prompto for one API, asked of every other one', async () => {
    const apis = ['openai', 'anthropic', 'gemini', 'ollama'];
    write(
      apis.flatMap((api) =>
        Object.values(FORMS).map((message) => ({
          ...{ api, model_name: 'm', prompt: [message] },
          // Without it, what Gemini blocks differs from prompto, and that is told.
          ...(api === 'gemini' && { safety_filter: 'default' }),
        })),
      ),
    );
    const checked = await command(['check', 'input/e.jsonl']);
    expect(checked.stdout).toBe('input/e.jsonl: 12 good rows, nothing is wrong\n');
    const { code, stderr } = await command(['run', 'input/e.jsonl', '-o', 'o']);
    expect(code, stderr).toBe(0);
    expect(recordsOf(onlyRunOf(join(folder, 'o'), 'e')).map(({ response }) => response)).toEqual(
      Array(12).fill('echo: What?'),
    );
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, 'media', 'cat.jpg')))
      .digest('hex');
    for (const { body } of sim.requests) {
      expect(JSON.stringify(body)).toContain(`[200000 bytes, sha256 ${sha256}]`);
    }
  });

  it('is told all that is wrong with it, and sends nothing', async () => {
    symlinkSync('/etc/passwd', join(folder, 'media', 'link'));
    const show = (image: string) => [{ role: 'user', content: [{ type: 'image', image }] }];
    const paths = ['../input/e.jsonl', '/etc/passwd', 'link', 'cat.png', 'a.pdf'];
    write(paths.map((path) => ({ model: 'ollama/m', prompt: show(path) })));
    const checked = await command(['check', 'input/e.jsonl']);
    expect(checked.code).toBe(1);
    const said = [
      /:1:\d+: .*\.\.\/input\/e\.jsonl is not a path inside the media folder/,
      /:2:\d+: .*\/etc\/passwd is not a path inside the media folder/,
      /:3:\d+: .*link leads out of the media folder/,
      /:4:\d+: .*cat\.png is not in the media folder .*did you mean cat\.jpg\?/,
      /:5:\d+: .*a PDF \(a\.pdf\), which Ollama cannot be told/,
    ];
    for (const message of said) expect(checked.stdout).toMatch(message);
    const run = await command(['run', 'input/e.jsonl']);
    expect(run.code).toBe(2);
    for (const message of said) expect(run.stderr).toMatch(message);
    expect(sim.counts.requests).toBe(0);
  });

  it('comes from standard input, too, with its folder named', async () => {
    const row = { model: 'openai/m', prompt: [FORMS.gemini] };
    const { code, stderr } = await command(
      ['run', '-', '--media', 'media', '-o', 'o'],
      JSON.stringify(row),
    );
    expect(code, stderr).toBe(0);
    expect(JSON.stringify(sim.requests[0]!.body)).toContain('data:image/jpeg;base64,');
  });
});

describe("Gemini's files", () => {
  it('are brought, listed and removed by name, or all of them', async () => {
    const brought = await command(['media', 'upload', 'media/cat.jpg', 'media/a.pdf']);
    expect(brought.code, brought.stderr).toBe(0);
    const [name] = brought.stdout.split(/\s/) as [string];
    expect(name).toMatch(/^files\//);
    const listed = await command(['media', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name, size: 200_000 }, {}]);
    const again = await command(['media', 'upload', 'media/cat.jpg']);
    expect(again.stdout).toBe(`${name}  media/cat.jpg (was there)\n`);
    expect((await command(['media', 'delete', name])).code).toBe(0);
    expect((await command(['media', 'delete', name])).code).toBe(1);
    const careful = await command(['media', 'delete', '--all']);
    expect([careful.code, careful.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    expect((await command(['media', 'delete'])).code).toBe(2);
    const all = await command(['media', 'delete', '--all', '--yes', '--json']);
    expect(JSON.parse(all.stdout)).toMatchObject({ removed: [expect.any(String)], missing: [] });
    expect((await command(['media', 'list'])).stderr).toBe('No file is there.\n');
  });

  it('are only media, of an endpoint that keeps any', async () => {
    writeFileSync(join(folder, '.env.txt'), 'OPENAI_API_KEY=sk-1');
    const text = await command(['media', 'upload', '.env.txt']);
    expect([text.code, text.stderr]).toEqual([2, expect.stringContaining('is no image')]);
    const other = await command(['media', 'list', '--endpoint', 'openai']);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('keeps no files')]);
  });
});
