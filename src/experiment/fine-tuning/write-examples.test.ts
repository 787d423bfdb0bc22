import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { FINE_TUNING_FORMATS, type FineTuningFormat } from './fine-tuning-format.ts';
import { estimatedTokens } from './tokenizer.ts';
import { type ExamplesRequest, writeExamples } from './write-examples.ts';

type Row = Readonly<Record<string, unknown>>;

function lines(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function write(
  content: string,
  format: FineTuningFormat,
  given: Partial<ExamplesRequest> & { readonly name?: string } = {},
) {
  const folder = temporaryFolder();
  const input = join(folder, given.name ?? 'rows.jsonl');
  writeFileSync(input, content);
  const isPreference = FINE_TUNING_FORMATS[format] === 'preference';
  const written = await writeExamples({
    ...{ input, label: 'rows.jsonl', format, system: null, validation: undefined, seed: 0 },
    columns: {
      ...{ prompt: 'q', completion: 'a', system: null },
      rejected: isPreference ? 'worse' : null,
    },
    ...{ maxTokens: undefined, maxBytes: undefined, drop: false, countTokens: estimatedTokens },
    pathOf: async (side, part) => join(folder, `${side}${part === null ? '' : `.${part}`}.jsonl`),
    ...given,
  });
  const files = readdirSync(folder).filter((name) => /^(training|validation)/.test(name));
  const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    ...written,
    files: Object.fromEntries(files.sort().map((name) => [name, textOf(name)])),
  };
}

describe('files for fine-tuning', () => {
  const row = { q: 'Wie geht’s?', a: 'Gut, "ja"\n', worse: 'Nö' };

  it.each<[FineTuningFormat, string, string]>([
    [
      'openai-chat',
      '{"messages":[{"role":"user","content":"Wie geht’s?"},{"role":"assistant","content":"Gut, \\"ja\\"\\n"}]}',
      '{"messages":[{"role":"system","content":"S"},{"role":"user","content":"Wie geht’s?"},{"role":"assistant","content":"Gut, \\"ja\\"\\n"}]}',
    ],
    [
      'anthropic',
      '{"messages":[{"role":"user","content":"Wie geht’s?"},{"role":"assistant","content":"Gut, \\"ja\\"\\n"}]}',
      '{"system":"S","messages":[{"role":"user","content":"Wie geht’s?"},{"role":"assistant","content":"Gut, \\"ja\\"\\n"}]}',
    ],
    [
      'gemini',
      '{"contents":[{"role":"user","parts":[{"text":"Wie geht’s?"}]},{"role":"model","parts":[{"text":"Gut, \\"ja\\"\\n"}]}]}',
      '{"systemInstruction":{"role":"system","parts":[{"text":"S"}]},"contents":[{"role":"user","parts":[{"text":"Wie geht’s?"}]},{"role":"model","parts":[{"text":"Gut, \\"ja\\"\\n"}]}]}',
    ],
    [
      'sharegpt',
      '{"conversations":[{"from":"human","value":"Wie geht’s?"},{"from":"gpt","value":"Gut, \\"ja\\"\\n"}]}',
      '{"conversations":[{"from":"system","value":"S"},{"from":"human","value":"Wie geht’s?"},{"from":"gpt","value":"Gut, \\"ja\\"\\n"}]}',
    ],
    [
      'alpaca',
      '{"instruction":"Wie geht’s?","input":"","output":"Gut, \\"ja\\"\\n"}',
      '{"instruction":"S","input":"Wie geht’s?","output":"Gut, \\"ja\\"\\n"}',
    ],
    [
      'openai-dpo',
      '{"input":{"messages":[{"role":"user","content":"Wie geht’s?"}]},"preferred_output":[{"role":"assistant","content":"Gut, \\"ja\\"\\n"}],"non_preferred_output":[{"role":"assistant","content":"Nö"}]}',
      '{"input":{"messages":[{"role":"system","content":"S"},{"role":"user","content":"Wie geht’s?"}]},"preferred_output":[{"role":"assistant","content":"Gut, \\"ja\\"\\n"}],"non_preferred_output":[{"role":"assistant","content":"Nö"}]}',
    ],
  ])(
    'have the lines of the form %s, with and without a system message',
    async (format, plain, withSystem) => {
      expect((await write(lines([row]), format)).files).toEqual({ 'training.jsonl': `${plain}\n` });
      const { files } = await write(lines([row]), format, { system: 'S' });
      expect(files).toEqual({ 'training.jsonl': `${withSystem}\n` });
    },
  );

  it('have a pair in the form dpo', async () => {
    const { files } = await write(lines([row]), 'dpo');
    expect(files['training.jsonl']).toBe(
      '{"prompt":"Wie geht’s?","chosen":"Gut, \\"ja\\"\\n","rejected":"Nö"}\n',
    );
  });

  it('tell of every row that is no example, and leave it out only where that is said', async () => {
    const rows = [
      { q: '1', a: 'x' },
      { q: '1', a: 'x' },
      { q: '1', a: 'y' },
      { q: '2', a: ' ' },
      { q: '3', a: null },
      { q: '', a: 'x' },
      { q: ['a', 'b'], a: 'x' },
      { q: '4', a: ['x', 'y'] },
      { q: '5', a: 'word '.repeat(100) },
      { q: '6', a: { n: 1.0 } },
    ];
    const flaws = [
      { flaw: 'repeat', count: 1, rows: [2] },
      { flaw: 'another completion of a prompt', count: 1, rows: [3] },
      { flaw: 'empty completion', count: 2, rows: [4, 5] },
      { flaw: 'no prompt', count: 1, rows: [6] },
      { flaw: 'prompt is no text', count: 1, rows: [7] },
      { flaw: 'completion is a list', count: 1, rows: [8] },
      { flaw: 'more than 50 tokens', count: 1, rows: [9] },
    ];
    const kept = await write(lines(rows), 'openai-chat', { maxTokens: 50 });
    expect(kept).toMatchObject({ rows: 10, wrong: 8, flaws, training: [], files: {} });
    const { files, ...dropped } = await write(lines(rows), 'alpaca', { maxTokens: 50, drop: true });
    expect(dropped).toMatchObject({ wrong: 8, flaws });
    expect(files['training.jsonl']).toBe(
      '{"instruction":"1","input":"","output":"x"}\n{"instruction":"6","input":"","output":"{\\"n\\":1}"}\n',
    );
  });

  it('tell of pairs that are none, and may have several of one prompt', async () => {
    const rows = [
      { q: '1', a: 'x', worse: 'y' },
      { q: '1', a: 'x', worse: 'z' },
      { q: '1', a: 'x', worse: 'y' },
      { q: '2', a: 'x', worse: 'x' },
      { q: '3', a: 'x' },
    ];
    const { flaws } = await write(lines(rows), 'dpo');
    expect(flaws).toEqual([
      { flaw: 'repeat', count: 1, rows: [3] },
      { flaw: 'chosen and rejected are the same', count: 1, rows: [4] },
      { flaw: 'empty rejected completion', count: 1, rows: [5] },
    ]);
  });

  it('never have rows of one prompt on both sides, and as many prompts as are asked for', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => {
      return { q: `prompt ${i % 100}`, a: `good ${i}`, worse: 'bad' };
    });
    const split = async (seed: number) => {
      const { files } = await write(lines(rows), 'dpo', { validation: 0.1, seed });
      return ['training.jsonl', 'validation.jsonl'].map((name) => {
        const all = files[name]!.trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line).prompt);
        return { rows: all.length, prompts: new Set(all) };
      });
    };
    const [training, validation] = await split(1);
    expect(training!.rows + validation!.rows).toBe(1000);
    expect(validation!.prompts.size).toBe(10);
    expect([...validation!.prompts].filter((prompt) => training!.prompts.has(prompt))).toEqual([]);
    expect(await split(1)).toEqual([training, validation]);
    expect((await split(2))[1]).not.toEqual(validation);
  });

  it('are several where they would be larger than is allowed', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({ q: `p${i}`, a: 'ä'.repeat(40) }));
    const { training, files } = await write(lines(rows), 'alpaca', { maxBytes: 1000 });
    expect(Object.values(files).join('').trimEnd().split('\n')).toHaveLength(50);
    expect(training.length).toBeGreaterThan(5);
    for (const { bytes } of training) expect(bytes).toBeLessThanOrEqual(1000);
    const one = [...rows, { q: 'long', a: 'x'.repeat(2000) }];
    const { flaws } = await write(lines(one), 'alpaca', { maxBytes: 1000 });
    expect(flaws).toEqual([{ flaw: 'more than 1000 bytes', count: 1, rows: [51] }]);
  });

  it('are made of any form, of streams, and of the results of a run', async () => {
    const expected = { 'training.jsonl': '{"instruction":"1","input":"","output":"x, \\"y\\""}\n' };
    for (const [name, content] of [
      ['rows.csv', 'q,a\n1,"x, ""y"""\n'],
      ['rows.tsv', 'q\ta\n1\t"x, ""y"""\n'],
      ['rows.json', '[\n {"q": 1,\n "a": "x, \\"y\\""}\n]'],
    ] as const) {
      expect((await write(content, 'alpaca', { name, label: name })).files).toEqual(expected);
      const input = Readable.from([Buffer.from(content)], { objectMode: false });
      expect((await write('', 'alpaca', { input, label: name })).files).toEqual(expected);
    }
    const result = {
      prompt: [
        { role: 'system', content: 'S' },
        { role: 'user', content: 'P' },
      ],
      response: 'R',
      answer: { status: 'ok' },
    };
    const columns = { prompt: 'prompt', completion: 'response', rejected: null, system: null };
    const { files } = await write(lines([result]), 'alpaca', { columns });
    expect(files['training.jsonl']).toBe('{"instruction":"S","input":"P","output":"R"}\n');
  });

  it('are refused where no row has a column, there are no rows, or a line is none', async () => {
    await expect(write(lines([{ prompt: 'x', a: 'y' }]), 'alpaca')).rejects.toMatchObject({
      code: 'bad_input',
      message: 'rows.jsonl has no column "q"',
    });
    await expect(write('\n', 'alpaca')).rejects.toThrow('rows.jsonl has no rows');
    await expect(write('{"q":1}\n[2]\n', 'alpaca')).rejects.toThrow(
      'rows.jsonl:2: the line is not a JSON object',
    );
  });
});
