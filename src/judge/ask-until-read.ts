import { degradationOf } from '../core/answer-details.ts';
import type { Model } from '../core/model.ts';
import { type Ask, type AskOptions, type Question, textOf } from '../core/workflow.ts';
import type { ReadReply } from './keyed-reply.ts';

/** A question whose reply must be one that can be read. */
export interface ReadableQuestion<Value> {
  /** Names the call; the second ask is `NAME/again`. */
  readonly name: string;
  readonly model: Model;
  readonly question: Question;
  readonly options?: AskOptions | undefined;
  /** Reads a reply. Pure: the same reply always reads the same. */
  readonly read: (reply: string) => ReadReply<Value>;
  /** Writes the second question, which names the mistake of the first reply. */
  readonly again: (mistake: string) => string;
}

/** A reply and what it says. */
export interface ReadAnswer<Value> {
  /** The text of the last reply. */
  readonly text: string;
  readonly read: ReadReply<Value>;
  /** How often was asked. */
  readonly asked: 1 | 2;
  /** What the last reply lacks, where a consortium gave it, a sentence each; null where it is whole. */
  readonly degraded: readonly string[] | null;
}

/**
 * Asks, and asks once more in the same conversation where the reply cannot be read.
 *
 * @throws AnswerFailure when a call failed
 */
export async function askUntilRead<Value>(
  ask: Ask,
  { name, model, question, options, read, again }: ReadableQuestion<Value>,
): Promise<ReadAnswer<Value>> {
  const answer = await ask(name, model, question, options);
  const text = textOf(answer);
  const first = read(text);
  if ('value' in first) {
    return { text, read: first, asked: 1, degraded: degradationOf(answer.details) };
  }
  const messages = [
    ...question.messages,
    { role: 'assistant', content: text },
    { role: 'user', content: again(first.mistake) },
  ];
  const last = await ask(`${name}/again`, model, { ...question, messages }, options);
  const second = textOf(last);
  return { text: second, read: read(second), asked: 2, degraded: degradationOf(last.details) };
}
