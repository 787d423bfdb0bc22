import { cpSync, existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, linesOf, onlyRunOf, recordsOf } from '../support/run-results.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

/** The folder `examples` of prompto's repository, which is not a part of this one. */
const EXAMPLES = process.env.PROMPTO_EXAMPLES ?? '';
const FILES = existsSync(EXAMPLES) ? filesBelow(EXAMPLES) : [];
if (FILES.length === 0) {
  process.stderr.write('skipped: no examples of prompto (set PROMPTO_EXAMPLES)\n');
}

const isExperiment = (path: string) =>
  /\/input\/.*\.jsonl$|\/quart\.jsonl$|\/example_file\.jsonl$/.test(path);
const isResults = (path: string) => /completed.*\.jsonl$/.test(path);
const named = (paths: readonly string[]) => paths.map((path) => relative(EXAMPLES, path));

/** What servers answer that no simulated endpoint stands for. */
const QUART_ANSWER = { response: [{ generated_text: 'good' }], model: 'm' };
const VERTEX_ANSWER = {
  candidates: [{ content: { role: 'model', parts: [{ text: 'good' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
};

/** A file that was sent by its name instead of its content. */
const MEDIA_FILE = /"(?!https:)[^"]+\.(jpg|mp3|mp4|wav)"/;

/** What prompto answers with a TypeError: an API that takes system messages in front only. */
const REFUSED = /is a system message after the conversation has begun/;

test.skipIf(FILES.length === 0)('prompto has examples of its own', () => {
  expect([FILES.some(isExperiment), FILES.some(isResults)]).toEqual([true, true]);
});

test.each(named(FILES.filter(isExperiment)))(
  "prompto's own example %s runs unchanged",
  async (name) => {
    const cwd = temporaryFolder();
    cpSync(EXAMPLES, cwd, { recursive: true, filter: (path) => !path.includes('/output') });
    const sim = await startedSim();
    const other = await startScriptedServer(({ path }) => ({
      body: path === '/generate' ? QUART_ANSWER : VERTEX_ANSWER,
    }));
    const env = {
      OPENAI_API_KEY: 'any-key-at-all',
      OPENAI_BASE_URL: sim.url,
      AZURE_OPENAI_API_KEY: 'any-key-at-all',
      AZURE_OPENAI_API_ENDPOINT: sim.url,
      ANTHROPIC_API_KEY: 'any-key-at-all',
      ANTHROPIC_BASE_URL: sim.url,
      GEMINI_API_KEY: 'any-key-at-all',
      GEMINI_BASE_URL: sim.url,
      OLLAMA_API_ENDPOINT: sim.url,
      QUART_API_ENDPOINT: other.url,
      VERTEXAI_API_KEY: 'any-key-at-all',
      VERTEXAI_PROJECT_ID: 'a-project',
      VERTEXAI_BASE_URL: other.url,
    };
    const lines = linesOf(join(cwd, name));
    const checked = await tutti(['check', name, '--json'], { cwd, env });
    const { problems } = JSON.parse(checked.stdout);
    const errors = problems.filter(({ severity }: { severity: string }) => severity === 'error');
    for (const { message } of errors) expect(message).toMatch(REFUSED);
    const words = ['run', name, '-o', 'o', '--skip-invalid'];
    const { code, stderr } = await tutti(words, { cwd, env });
    expect(code, stderr).toBe(0);
    const records = recordsOf(onlyRunOf(join(cwd, 'o'), basename(name, '.jsonl')));
    expect(records).toHaveLength(lines.length - errors.length);
    for (const { id, answer } of records) expect(answer.status, id).toBe('ok');
    const bodies = [
      ...sim.requests.map(({ body }) => JSON.stringify(body)),
      ...other.requests.map(({ body }) => body),
    ];
    for (const body of bodies) expect(body).not.toMatch(MEDIA_FILE);
  },
);

test.each(named(FILES.filter(isResults)))("prompto's own results %s are read", async (name) => {
  const cwd = temporaryFolder();
  const path = join(EXAMPLES, name);
  const words = ['export', path, '--format', 'openai-batch', '-o', 'r.jsonl'];
  const { code, stderr } = await tutti(words, { cwd });
  expect(code, stderr).toBe(0);
  const errors = linesOf(path).filter((line) =>
    / "response": "(An unexpected error occurred when querying|\w+Error - )/.test(line),
  );
  const lines = linesOf(join(cwd, 'r.jsonl')).map((line) => JSON.parse(line));
  expect(lines).toHaveLength(linesOf(path).length);
  expect(lines.filter(({ error }) => error !== null)).toHaveLength(errors.length);
});
