import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { JsonValue } from '../../core/json.ts';
import { isProblem, parseRow } from '../row/parse-row.ts';
import { lookAtPrompts } from './prompt-source.ts';
import { promptText } from './prompt-text.ts';
import { rephraseRows } from './rephrase-rows.ts';
import { noCounts, rephrasedRows } from './rephrased-rows.ts';
import { type RephrasingRequest, readRephrasing } from './rephrasing.ts';
import { splitNumberedList } from './split-numbered-list.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into rows of any shape
type Row = any;

function source(name: string, rows: readonly object[]) {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return { path, label: name };
}

async function rowsFor(prompts: readonly object[], request: Partial<RephrasingRequest>) {
  const rephrasing = await readRephrasing({ models: ['m'], ...request }, () => undefined);
  const looked = await lookAtPrompts(source('prompts.jsonl', prompts));
  const rows: Row[] = [];
  for await (const line of rephraseRows(rephrasing, looked)) {
    expect(isProblem(parseRow(line, 1))).toBe(false);
    rows.push(JSON.parse(line));
  }
  const newRows = async (reply: (row: Row) => object) => {
    const answered = rows.map((row) => ({ ...row, answer: { status: 'ok' }, ...reply(row) }));
    const counts = noCounts();
    const made: Row[] = [];
    const from = source('answered.jsonl', answered);
    for await (const line of rephrasedRows(rephrasing, from, looked.source, counts)) {
      made.push(JSON.parse(line));
    }
    return { made, counts };
  };
  return { rows, looked, newRows };
}

const PROMPT = { id: 'a', prompt: 'Why?', model: 'x/1' };

describe('the text of a prompt that is rephrased', () => {
  it.each<[JsonValue, string | null, JsonValue]>([
    ['Why?', 'Why?', 'new'],
    [['one', 'two'], 'two', ['one', 'new']],
    [
      [
        { role: 'system', content: 's' },
        { role: 'user', content: 'u', name: 'n' },
        { role: 'assistant', content: 'a' },
      ],
      'u',
      [
        { role: 'system', content: 's' },
        { role: 'user', content: 'new', name: 'n' },
        { role: 'assistant', content: 'a' },
      ],
    ],
    [
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look' },
            { type: 'image_url', image_url: 'x' },
          ],
        },
      ],
      'look',
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'new' },
            { type: 'image_url', image_url: 'x' },
          ],
        },
      ],
    ],
    [
      [{ role: 'user', parts: ['a', 'b', { media: 'x' }] }],
      'b',
      [{ role: 'user', parts: ['a', 'new', { media: 'x' }] }],
    ],
    [[{ role: 'system', content: 's' }], null, null],
    [' ', null, null],
    [[], null, null],
    [7, null, null],
  ])('of %j is %j', (prompt, text, other) => {
    const found = promptText(prompt);
    expect(found?.text ?? null).toBe(text);
    expect(found?.with('new') ?? null).toEqual(other);
  });
});

describe('rows that ask for other words', () => {
  it('pass over blank templates, which are counted in the index', async () => {
    writeFileSync(join(folder, 't.txt'), 'A {INPUT_PROMPT}\n\n  \nB\\n{INPUT_PROMPT}\n');
    const { rows } = await rowsFor([PROMPT], { template: join(folder, 't.txt') });
    expect(rows.map(({ id, template_index: index, prompt }) => [id, index, prompt])).toEqual([
      ['rephrase-m-0-a', 0, 'A Why?'],
      ['rephrase-m-3-a', 3, 'B\nWhy?'],
    ]);
  });

  it('of rows without ids tell their units apart', async () => {
    const { rows, newRows } = await rowsFor([{ prompt: 'Why?' }, { id: null, prompt: 'How?' }], {});
    expect(rows.map((row) => [row.id, row['input-id']])).toEqual([
      ['rephrase-m-0-NA-1', 'NA-1'],
      ['rephrase-m-0-NA-2', 'NA-2'],
    ]);
    const { made } = await newRows(() => ({ response: 'x' }));
    expect(made.map((row) => row['input-id'])).toEqual(['NA-1', 'NA-2', 'NA-1', 'NA-2']);
  });

  it('are not made of a prompt without a text, which is counted', async () => {
    const { rows, looked } = await rowsFor([PROMPT, { id: 'b', prompt: [] }], {});
    expect([rows.length, looked.withoutText]).toEqual([1, 1]);
  });

  it('translate, there and back too, instead of the templates unless these are asked for', async () => {
    const { rows } = await rowsFor([PROMPT], { translate: ['fr', 'sw'], via: ['de'] });
    expect(rows.map(({ id, language, reply_form: form }) => [id, language, form])).toEqual([
      ['rephrase-m-fr-a', 'fr', undefined],
      ['rephrase-m-sw-a', 'sw', undefined],
      ['rephrase-m-via-de-a', 'de', 'via:de'],
    ]);
    expect(rows[0].prompt).toContain('into French (fr)');
    expect(rows[2].prompt).toContain(`<translation key="${rows[2].reply_key}">`);
    const { rows: all } = await rowsFor([PROMPT], { translate: ['fr'], variants: 2 });
    expect(all.map(({ id }) => id)).toEqual(['rephrase-m-0-a', 'rephrase-m-fr-a']);
  });

  it('refuse what is no language, no parser and no template, all at once', async () => {
    writeFileSync(join(folder, 't.txt'), '\n \n');
    const request = {
      template: join(folder, 't.txt'),
      translate: ['fr">'],
      parser: 'split_numbered_lists',
    };
    const message = await rowsFor([PROMPT], request).catch((error: Error) => error.message);
    expect(message).toContain('every line is blank');
    expect(message).toContain('is no language');
    expect(message).toContain('did you mean split_numbered_list?');
  });
});

describe('the experiment of rephrased prompts', () => {
  it('has no error, no empty and no equal text for a prompt, and counts them', async () => {
    const prompts = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
      ...PROMPT,
      id,
      prompt: `Why ${id}?`,
    }));
    const { newRows } = await rowsFor(prompts, { removeOriginal: true });
    const replies: Readonly<Record<string, object>> = {
      a: { response: 'New a' },
      b: { response: ' Why b?\n' },
      c: { response: '  ' },
      d: { response: 'partial', answer: { status: 'error' } },
      e: { response: ['New e', 'Other e'] },
    };
    const { made, counts } = await newRows((row) => replies[row['input-id']]!);
    expect(made.map(({ id, prompt }) => [id, prompt])).toEqual([
      ['rephrase-m-0-a', 'New a'],
      ['rephrase-m-0-e-0', 'New e'],
      ['rephrase-m-0-e-1', 'Other e'],
    ]);
    expect(counts).toEqual({ rephrased: 3, errors: 1, unreadable: 0, empty: 1, equal: 1 });
  });

  it('takes variants from their list alone, of which there are as many as asked for', async () => {
    const { rows, newRows } = await rowsFor([PROMPT, { ...PROMPT, id: 'b' }], { variants: 2 });
    expect(rows[0].prompt).toContain('Give 2 different texts.');
    const { made, counts } = await newRows(({ reply_key: key, 'input-id': id }) => ({
      response:
        id === 'a'
          ? `1. x\n<list key="${key}">["One?", "Why?"]</list>`
          : '<list key="0">["x"]</list>',
    }));
    expect(made.map(({ id, prompt }) => [id, prompt])).toEqual([
      ['rephrase-m-0-a-0', 'One?'],
      ['a', 'Why?'],
      ['b', 'Why?'],
    ]);
    expect(counts).toEqual({ rephrased: 1, errors: 0, unreadable: 1, empty: 0, equal: 1 });
  });

  it('restores what the original had, also where it was rephrased before', async () => {
    const original = {
      ...{ id: 'r', prompt: [{ role: 'user', content: 'Why?' }], api: 'openai', model_name: 'x' },
      ...{ parameters: { n: 2 }, group: 'g', 'input-id': 'first', 'input-prompt': 'First?' },
    };
    const { newRows } = await rowsFor([original], { models: ['m'] });
    const { made } = await newRows(() => ({ response: 'How?' }));
    expect(made[0]).toEqual({
      ...original,
      id: 'rephrase-m-0-r',
      prompt: [{ role: 'user', content: 'How?' }],
      'input-id': 'first',
      'input-prompt': 'First?',
    });
    expect(made[1]).toMatchObject({ id: 'r', 'input-id': 'first' });
  });
});

describe('a numbered list', () => {
  it('is divided in linear time, brackets that are never closed included', () => {
    expect(splitNumberedList('1. a (b) "c"\n2. "d"\n3. (e\nf) g')).toEqual([
      'a  "c"',
      'd',
      '(e\nf) g',
    ]);
    for (const text of [
      '('.repeat(5e6),
      `${'('.repeat(2e6)}\n)`,
      '1. \n'.repeat(1e6),
      '1'.repeat(5e6),
    ]) {
      expect(splitNumberedList(text).length).toBeGreaterThan(0);
    }
  });
});
