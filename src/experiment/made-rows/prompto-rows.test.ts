import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { judgeRows, lookAtAnswers, readJudging } from '../judge/index.ts';
import { noCounts, readRephrasing, rephrasedRows, rephraseRows } from '../rephrase/index.ts';
import { splitNumberedList } from '../rephrase/split-numbered-list.ts';
import { SourceIds } from './made-ids.ts';

interface Recorded {
  readonly settings: object;
  readonly templates: Readonly<Record<string, string>>;
  readonly answers: readonly object[];
  readonly judged: readonly object[];
  readonly rephraseTemplate: string;
  readonly prompts: readonly object[];
  readonly rephrased: readonly object[];
  readonly replies: readonly string[];
  readonly newInputs: Readonly<Record<string, readonly object[]>>;
  readonly split: readonly (readonly [reply: string, parts: readonly string[]])[];
}

const RECORDED: Recorded = JSON.parse(
  readFileSync(new URL('./recorded/prompto-rows.json', import.meta.url), 'utf8'),
);

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
  write('settings.json', JSON.stringify(RECORDED.settings));
  for (const [name, text] of Object.entries(RECORDED.templates)) write(name, text);
  write('rephrase.txt', RECORDED.rephraseTemplate);
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A file of rows as prompto writes it: of a number that is whole, `1.0` stays so. */
function source(name: string, rows: readonly object[]) {
  const text = rows.map((row) => `${JSON.stringify(row).replace('"n":1}', '"n":1.0}')}\n`);
  const path = write(name, text.join(''));
  return { path, label: path };
}

async function linesOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const usable = () => undefined;
/** Rows with the order of their keys. */
const entries = (rows: readonly object[]) => rows.map((row) => Object.entries(row));

describe('rows that are made of others', () => {
  it("are prompto's for judges: ids, keys, their order, and prompts byte for byte", async () => {
    const request = {
      folder,
      judges: ['local,gpt-4o'],
      templates: Object.keys(RECORDED.templates),
    };
    const judging = await readJudging(request, usable);
    expect(judging.warnings).toEqual([]);
    const looked = await lookAtAnswers(source('answers.jsonl', RECORDED.answers));
    const lines = await linesOf(judgeRows(judging, looked));
    expect(entries(lines.map((line) => JSON.parse(line)))).toEqual(entries(RECORDED.judged));
    expect(lines[1]).toContain('"input-parameters":{"n":1.0}');
  });

  it("are prompto's for rephrasing, and so is the experiment that is made of the replies", async () => {
    for (const parser of [undefined, 'split_numbered_list']) {
      const request = { folder, models: ['local'], template: 'rephrase.txt', parser };
      const rephrasing = await readRephrasing(request, usable);
      const prompts = source('prompts.jsonl', RECORDED.prompts);
      const lines = await linesOf(
        rephraseRows(rephrasing, { source: prompts, ids: new SourceIds() }),
      );
      const rows = lines.map((line) => JSON.parse(line) as object);
      expect(entries(rows)).toEqual(entries(RECORDED.rephrased));
      const answered = rows.map((row, at) => ({ ...row, response: RECORDED.replies[at] }));
      const counts = noCounts();
      const made = await linesOf(
        rephrasedRows(rephrasing, source('answered.jsonl', answered), prompts, counts),
      );
      const expected = RECORDED.newInputs[String(parser ?? 'None')]!.map((row) => ({
        ...row,
        // Originals know their prompt, too, as rows of one unit must.
        ...(!('input-prompt' in row) && 'prompt' in row && { 'input-prompt': row.prompt }),
      }));
      expect(entries(made.map((line) => JSON.parse(line)))).toEqual(entries(expected));
      expect(counts.rephrased).toBe(expected.length - RECORDED.prompts.length);
    }
  });

  it("divide numbered lists as prompto's parser does", () => {
    for (const [reply, parts] of RECORDED.split) {
      expect([reply, splitNumberedList(reply)]).toEqual([reply, parts]);
    }
  });
});
