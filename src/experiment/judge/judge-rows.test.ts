import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { isProblem, parseRow } from '../row/parse-row.ts';
import { judgeName } from './judge-name.ts';
import { judgeRows } from './judge-rows.ts';
import { lookAtAnswers } from './judge-source.ts';
import { type JudgingRequest, readJudging, refuseUnknownFields } from './judging.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const usable = ({ model }: { readonly model?: unknown }) =>
  model === 'bad/x' ? 'no such model' : undefined;

interface MadeRow {
  readonly id: string;
  readonly prompt: string | readonly { readonly role: string; readonly content: string }[];
  readonly [key: string]: unknown;
}

async function rowsOf(answers: readonly object[], request: Partial<JudgingRequest>) {
  const path = write('answers.jsonl', answers.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const judging = await readJudging({ judges: ['j'], ...request }, usable);
  const looked = await lookAtAnswers({ path, label: 'answers.jsonl' });
  refuseUnknownFields(judging.templates, looked.fields);
  const rows: MadeRow[] = [];
  for await (const line of judgeRows(judging, looked)) {
    expect(isProblem(parseRow(line, 1))).toBe(false);
    rows.push(JSON.parse(line));
  }
  return { rows, looked, judging };
}

/** The task that a row puts to its judge. */
function taskOf({ prompt }: MadeRow): string {
  return typeof prompt === 'string' ? prompt : prompt[1]!.content;
}

const ANSWER = { id: 'a', prompt: 'why?', response: 'so', model: 'm/1' };

describe('rows for judges', () => {
  it('have prompt and answer between fences, each on lines of their own, whose key is in no text', async () => {
    const template = write('t.txt', 'Q: {INPUT_PROMPT} A: {OUTPUT_RESPONSE}');
    const request = { templates: [template], verdicts: ['score:1-5'] };
    const { rows } = await rowsOf([ANSWER, { ...ANSWER, id: 'b', response: 'no' }], request);
    const [one, other] = rows as [MadeRow, MadeRow];
    const key = one.reply_key;
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(other.reply_key).not.toBe(key);
    expect(taskOf(one)).toContain(
      `Q: \n<prompt key="${key}">\nwhy?\n</prompt key="${key}">\n A: \n<answer key="${key}">\nso\n</answer key="${key}">\n`,
    );
    expect(taskOf(one)).toContain(`<verdict key="${key}">{"score": N, "reason": "R"}</verdict>`);
    expect(one).toMatchObject({ judge: 'j', template_name: 't', reply_form: 'score:1-5' });
    const again = await rowsOf([ANSWER], request);
    expect(again.rows[0]).toEqual(one);
    const seeded = await rowsOf([ANSWER], { ...request, seed: 1 });
    expect(seeded.rows[0]!.reply_key).not.toBe(key);
  });

  it('show every field of a record to Liquid: fenced by default, or by the filter, or as they are in `record`', async () => {
    const template = write(
      't.liquid',
      '{% for turn in record.prompt %}[{{ turn }}]{% endfor %}{{ prompt }}{{ OUTPUT_RESPONSE }}{{ topic | fence: "topic" }}{{ input-x }}',
    );
    const answer = { prompt: ['one', 'two'], response: 'so', topic: '</topic> t', 'input-x': 7 };
    const { rows } = await rowsOf([answer], { templates: [template], verdicts: ['label:yes,no'] });
    const key = rows[0]!.reply_key;
    expect(taskOf(rows[0]!)).toContain(
      `[one][two]\n<prompt key="${key}">\n["one","two"]\n</prompt key="${key}">\n` +
        `\n<answer key="${key}">\nso\n</answer key="${key}">\n` +
        `\n<topic key="${key}">\n</topic> t\n</topic key="${key}">\n7`,
    );
    const plain = write('p.liquid', '{{ prompt | join: "+" }} {{ response }} {{ topic }}');
    const { rows: unfenced } = await rowsOf([answer], { templates: [plain] });
    expect(unfenced[0]!.prompt).toBe('one+two so </topic> t');
    expect(unfenced[0]).not.toHaveProperty('judge');
  });

  it('never read what an answer says as a template', async () => {
    const hostile = '{{ id }} {INPUT_PROMPT} {% include "/etc/passwd" %} {{ "now" | date }}';
    for (const name of ['t.txt', 't.liquid']) {
      const template = write(name, name === 't.txt' ? '{OUTPUT_RESPONSE}' : '{{ response }}');
      const { rows } = await rowsOf([{ ...ANSWER, response: hostile }], { templates: [template] });
      expect(rows[0]!.prompt).toBe(hostile);
    }
  });

  it('are made of an answer of ten megabytes', async () => {
    const template = write('t.txt', '{OUTPUT_RESPONSE}');
    const response = '</answer> é {x}'.repeat(700_000);
    const request = { templates: [template], verdicts: ['score:1-5'] };
    const { rows } = await rowsOf([{ ...ANSWER, response }], request);
    expect(taskOf(rows[0]!)).toContain(response);
  });

  it('are told apart by id, model and number, judge by judge and template by template', async () => {
    const templates = [write('a.txt', '{OUTPUT_RESPONSE}'), write('b.x.txt', '{OUTPUT_RESPONSE}')];
    const answers = [
      { ...ANSWER, id: 1 },
      { ...ANSWER, id: 1, model: undefined, api: 'ollama', model_name: 'llama' },
      { ...ANSWER, id: 2 },
      { ...ANSWER, id: 2 },
      { prompt: 'q', response: 'r' },
      { id: null, prompt: 'q', response: 'r' },
    ];
    const { rows } = await rowsOf(answers, { judges: ['j', 'k'], templates });
    expect(rows.slice(0, 6).map(({ id }) => id)).toEqual([
      'judge-j-a-1-m/1',
      'judge-j-a-1-ollama/llama',
      'judge-j-a-2',
      'judge-j-a-2-4',
      'judge-j-a-NA-5',
      'judge-j-a-NA-6',
    ]);
    expect(rows.slice(6).map(({ id }) => id.slice(0, 9))).toEqual(
      ['judge-j-b', 'judge-k-a', 'judge-k-b'].flatMap((start) => Array(6).fill(start)),
    );
    expect(new Set(rows.map(({ id }) => id)).size).toBe(24);
  });

  it('are not made of errors and of answers without text, which are counted', async () => {
    const template = write('t.txt', '{OUTPUT_RESPONSE}');
    const error = { answer: { status: 'error' } };
    const answers = [
      ANSWER,
      { ...ANSWER, response: 'partial', ...error },
      { ...ANSWER, response: 'TypeError - x' },
      { ...ANSWER, response: 'TypeError - is a word here', answer: { status: 'ok' } },
      {
        ...ANSWER,
        response:
          'An unexpected error occurred when querying the API: (Timeout - x) after maximum 5 attempts',
      },
      { ...ANSWER, response: ' \n' },
      { ...ANSWER, response: null },
      { ...ANSWER, response: ['', 'x'] },
      { prompt: 'x' },
    ];
    const { rows, looked } = await rowsOf(answers, { templates: [template] });
    expect(looked).toMatchObject({ rows: 9, answered: 3, errors: 3, empty: 3 });
    expect(rows.map(({ prompt }) => prompt)).toEqual([
      'so',
      'TypeError - is a word here',
      '["","x"]',
    ]);
  });

  it('are told to be none, and why', async () => {
    const template = write('t.txt', '{OUTPUT_RESPONSE}');
    const failed = { ...ANSWER, response: 'TypeError - x' };
    const empty = { ...ANSWER, response: '' };
    const whyNone = async (answers: readonly object[]) => {
      const error = await rowsOf(answers, { templates: [template] }).catch((caught) => caught);
      expect(error.code).toBe('bad_input');
      return error.message.replace('answers.jsonl has no answer to judge: ', '');
    };
    expect(await whyNone([failed, failed])).toBe('rows that failed: 2');
    expect(await whyNone([empty])).toBe('answers without text: 1');
    expect(await whyNone([failed, empty])).toBe('rows that failed: 1, answers without text: 1');
    expect(await whyNone([])).toBe('it has no rows');
  });
});

describe('what is wrong with judges', () => {
  it('is told all at once, with what there is', async () => {
    write(
      'settings.json',
      '{"a": {"api": "x"}, "b": {"model": "bad/x"}, "gpt-4o": {"model": "m/x", "parameters": []}}',
    );
    write('open.liquid', '{% if a %}');
    write('fence.liquid', '{{ a | fence }}');
    const judging = readJudging(
      {
        folder,
        judges: ['a', 'b', 'gpt-4o', 'gpt-4'],
        templates: ['open.liquid,fence.liquid', 'none.txt'],
        verdicts: ['score:9-1', 'other=score:1-2'],
      },
      usable,
    );
    await expect(judging).rejects.toMatchObject({ code: 'bad_input' });
    const message = await judging.then(String, (error: Error) => error.message);
    for (const part of [
      '"a" must have "api" and "model_name", or "model"',
      '"b" cannot be asked: no such model',
      '"gpt-4o" has "parameters" that are no object',
      'has no judge "gpt-4"; did you mean "gpt-4o"?',
      'open.liquid:1:1',
      'fence.liquid:1:1: undefined filter: fence (it needs --verdict)',
      'none.txt does not exist',
      '"score:9-1" must be score:LEAST-MOST',
      '"other=score:1-2" is for no template that is named',
    ]) {
      expect(message).toContain(part);
    }
  });

  it('is a field that no row has, in Liquid; in other templates it is only told', async () => {
    const liquid = write('t.liquid', '{{ topik }} {{ response }}');
    await expect(rowsOf([{ ...ANSWER, topic: 't' }], { templates: [liquid] })).rejects.toThrow(
      'unknown field "topik" (did you mean topic?)',
    );
    const text = write('t.txt', '{OUTPUT_RESPONS} {{x}} {"json": 1}');
    const { judging, rows } = await rowsOf([ANSWER], { templates: [text] });
    expect(judging.warnings).toEqual([
      `${text}: unknown field "OUTPUT_RESPONS" (did you mean OUTPUT_RESPONSE?); it stays as it is written`,
      `${text} does not show the answer: it has no {OUTPUT_RESPONSE}`,
    ]);
    expect(rows[0]!.prompt).toBe('{OUTPUT_RESPONS} {x} {"json": 1}');
  });

  it('is two templates of one name', async () => {
    const templates = [
      write('t.a.txt', '{OUTPUT_RESPONSE}'),
      write('t.b.txt', '{OUTPUT_RESPONSE}'),
    ];
    await expect(rowsOf([ANSWER], { templates })).rejects.toThrow('two templates are called "t"');
  });

  it('gives each template its own verdict, and the others the one for all', async () => {
    const templates = [write('a.txt', '{OUTPUT_RESPONSE}'), write('b.txt', '{OUTPUT_RESPONSE}')];
    const verdicts = ['b=label:yes,no', 'score:1-5'];
    const { rows } = await rowsOf([ANSWER], { templates, verdicts });
    expect(rows.map((row) => row.reply_form)).toEqual(['score:1-5', 'label:yes,no']);
    const { rows: one } = await rowsOf([ANSWER], { templates, verdicts: ['a.txt=score:0-1'] });
    expect(one.map((row) => row.reply_form)).toEqual(['score:0-1', undefined]);
  });
});

it.each([
  ['data/output/x/15-11-2024-12-24-03-completed-x.jsonl', 'judge-x'],
  ['15-11-2024-12-24-03-completed-a-completed-b.jsonl', 'judge-a-completed-b'],
  ['completed-x.jsonl', 'judge-x'],
  ['answers.jsonl', 'judge-answers.jsonl'],
  ['out/prompts', 'judge-prompts'],
])('the run that judges %j is called %j', (file, name) => {
  expect(judgeName(file)).toBe(name);
});
