import { compileDollar } from './dollar-template.ts';
import type { Template } from './template.ts';

/** A prompt that needs not be written. */
export interface MapTask {
  /** What it does, a few words. */
  readonly about: string;
  /** Its template, with dollar signs; the column is called `input` in it. */
  readonly prompt: string;
  /** The columns of the objects that it asks for; null where it asks for text. */
  readonly columns: string | null;
}

const BEHIND = '\n\n<text>\n$input\n</text>';

/** The tasks by their names. */
export const TASKS: ReadonlyMap<string, MapTask> = new Map<string, MapTask>([
  ['echo', { about: 'the column itself', prompt: '$input', columns: null }],
  [
    'question',
    {
      about: 'one question that the column answers',
      prompt: `Write one question that can be answered from the text below alone. Reply with the question only.${BEHIND}`,
      columns: null,
    },
  ],
  [
    'sentiment',
    {
      about: 'positive, negative or neutral',
      prompt: `What is the mood of the text below? Reply with exactly one word: positive, negative or neutral.${BEHIND}`,
      columns: null,
    },
  ],
  [
    'summary',
    {
      about: 'a short summary',
      prompt: `Say what the text below says in at most three sentences, in its own language. Add nothing that it does not say. Reply with these sentences only.${BEHIND}`,
      columns: null,
    },
  ],
  [
    'remove-pii',
    {
      about: 'the column without what tells who somebody is',
      prompt: `Repeat the text below word for word, but put [NAME], [ADDRESS], [EMAIL], [PHONE], [DATE OF BIRTH] or [NUMBER] where it has what could tell who a person is: names, addresses, telephone numbers, birthdays, and numbers of accounts, cards or documents. Reply with that text only.${BEHIND}`,
      columns: null,
    },
  ],
  [
    'question-answer',
    {
      about: 'questions with their answers, a row each',
      prompt: `Make a list of questions that the text below answers, each with its answer. Every question makes sense to somebody who does not see the text, and every answer follows from the text alone.${BEHIND}`,
      columns: 'question,answer',
    },
  ],
  [
    'title-summary',
    {
      about: 'titles with their summaries, a row each',
      prompt: `Divide the text below into its topics. Give a list with a short title for each topic, and a summary of what the text says about it in one to three sentences.${BEHIND}`,
      columns: 'title,summary',
    },
  ],
]);

/**
 * Compiles the prompt of a task.
 *
 * @param column the column that it reads, of any name; default `input`
 */
export function compileTask({ prompt }: MapTask, column = 'input'): Template {
  const { render } = compileDollar(prompt);
  return {
    fields: [column],
    render: (values) => render(Object.hasOwn(values, column) ? { input: values[column]! } : {}),
  };
}
