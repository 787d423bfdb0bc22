import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { spellings } from '../src/cli/command-line/option.ts';
import { command as exportCommand } from '../src/cli/commands/export/index.ts';
import { command as map } from '../src/cli/commands/map/index.ts';
import { COMMANDS } from '../src/cli/commands.generated.ts';
import { FINE_TUNING_FORMATS } from '../src/experiment/fine-tuning/fine-tuning-format.ts';
import { TASKS } from '../src/templates/index.ts';

const GUIDE = readFileSync(
  new URL('../docs/guide/from-parallel-parrot.md', import.meta.url),
  'utf8',
);

test('the commands and options that the guide for users of parallel-parrot names are there', () => {
  const commands = [...GUIDE.matchAll(/tutti ([a-z]+)/g)].map(([, name]) => name);
  expect(COMMANDS.map(({ name }) => name)).toEqual(expect.arrayContaining([...new Set(commands)]));
  const options = [...GUIDE.matchAll(/(?<=[\s`])--?[a-z][a-z-]*/g)].map(([flag]) => flag);
  const known = [map, exportCommand].flatMap(({ options: table }) =>
    Object.values(table).flatMap(spellings),
  );
  expect(new Set(options).size).toBeGreaterThan(40);
  expect(known).toEqual(expect.arrayContaining([...new Set(options)]));
});

test('each of its tasks and forms is there', () => {
  const tasks = [...GUIDE.matchAll(/--task ([a-z-]+)/g)].map(([, name]) => name);
  expect(new Set(tasks)).toEqual(new Set(TASKS.keys()));
  for (const format of Object.keys(FINE_TUNING_FORMATS)) expect(GUIDE).toMatch(`\`${format}\``);
});

test('each name, field and template of parallel-parrot has a place', () => {
  const names =
    'OpenAIChatCompletionConfig TokenLimitMode parallel_text_generation parallel_data_generation run_async write_openai_fine_tuning_jsonl auto_explode_json_dictlist ' +
    'openai_api_key model openai_org_id system_message temperature top_p n max_tokens presence_penalty frequency_penalty logit_bias user token_limit_mode ' +
    'ECHO_INPUT QUESTION_FROM_DOCUMENT SENTIMENT_FROM_DOCUMENT SUMMARY_FROM_DOCUMENT REMOVE_PII_FROM_DOCUMENT JSON_QUESTION_AND_ANSWER_FROM_DOCUMENT JSON_TITLE_AND_SUMMARY_FROM_DOCUMENT';
  for (const name of names.split(' ')) expect(GUIDE).toMatch(new RegExp(`\`${name}[\`(=]`));
});
