import type { Answer, AnswerError } from '../core/answer.ts';
import type { JsonValue } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { Model } from '../core/model.ts';
import type { Question, WorkflowContext } from '../core/workflow.ts';
import { askAll, sampleName } from './ask-samples.ts';
import type { Outcome } from './ask-within.ts';
import { bestReading, type DataReading, readData, reaskMessage } from './data/index.ts';
import type { DataOutput, MapPlan } from './map-plan.ts';
import { choicesOf, type TextChoice } from './text-choices.ts';

/** Mistakes of a row that are kept. */
const MOST_ERRORS = 100;

/** A text that was read, and what it was. */
interface ReadText {
  readonly text: string;
  readonly reading: DataReading;
}

/** What came of one sample: its best reading, or why its call has no answer. */
type Sample = ReadText | { readonly error: AnswerError };

/**
 * Asks for objects: each sample again until it is what was asked for, at most so often as its step allows. What is
 * right in the best answer is kept.
 */
export async function askForData(
  plan: MapPlan & { readonly output: DataOutput },
  model: Model,
  question: Question,
  context: Pick<WorkflowContext, 'ask'>,
): Promise<Outcome> {
  const answers = await askAll(plan, model, question, context);
  const firsts = answers.flatMap(choicesIn);
  // Its row fails: what else is wrong with it need not be paid for.
  if (firsts.some((choice) => 'error' in choice))
    return joined(firsts.filter((choice) => 'error' in choice));
  const samples = await Promise.all(
    firsts.map((choice, sample) => {
      if ('error' in choice) return choice;
      return untilRight(
        choice,
        { ...plan, name: sampleName(plan.name, sample) },
        (name, messages) => context.ask(name, model, { ...question, messages, choices: 1 }),
      )(question.messages);
    }),
  );
  return joined(samples);
}

/** One choice of an answer, or why there is none. */
type Choice = TextChoice | { readonly error: AnswerError };

function choicesIn(answer: Answer): readonly Choice[] {
  return answer.error === null ? choicesOf(answer) : [{ error: answer.error }];
}

/** Asks again with what was wrong, as long as something is and asking is allowed. */
function untilRight(
  first: TextChoice,
  { name, output }: MapPlan & { readonly output: DataOutput },
  ask: (name: string, messages: readonly Message[]) => Promise<Answer>,
) {
  const read = (text: string, finishReason: string | null): ReadText => ({
    text,
    reading: readData(text, finishReason, output.form),
  });
  return async (messages: readonly Message[]): Promise<ReadText> => {
    const tries = [read(first.text, first.finishReason)];
    for (let again = 1; again <= output.reasks; again++) {
      const last = tries.at(-1)!;
      if (last.reading.errors.length === 0) break;
      const answer = await ask(`${name}/again/${again}`, [
        ...messages,
        { role: 'assistant', content: last.text },
        { role: 'user', content: reaskMessage(last.reading) },
      ]);
      const [next] = choicesIn(answer);
      // What could not be asked again stays what it was.
      if (next === undefined || 'error' in next) break;
      tries.push(read(next.text, next.finishReason));
    }
    const best = bestReading(tries.map(({ reading }) => reading));
    return tries.find(({ reading }) => reading === best) ?? tries[0]!;
  };
}

function joined(samples: readonly Sample[]): Outcome {
  const failed = samples.find((sample) => 'error' in sample);
  if (failed !== undefined) return { value: null, error: failed.error, notes: {} };
  const read = samples.filter((sample) => 'reading' in sample);
  const objects = read.flatMap(({ reading }) => reading.objects);
  const wrong = read.find(({ reading }) => reading.errors.length > 0);
  const texts = read.map(({ text }) => text);
  const counts = {
    isRepaired: read.some(({ reading }) => reading.repaired),
    droppedKeys: read.reduce((sum, { reading }) => sum + reading.droppedKeys, 0),
  };
  if (wrong === undefined) {
    const value = texts.length === 1 ? texts[0]! : texts;
    return { value, error: null, notes: {}, objects, ...counts };
  }
  const errors = read.flatMap(({ reading }) => reading.errors).slice(0, MOST_ERRORS);
  return {
    value: wrong.text,
    error: wrongOutput(errors, objects.length),
    notes: {
      errors: errors as unknown as JsonValue,
      ...(objects.length > 0 && { rows: objects }),
    },
    objects,
    ...counts,
  };
}

function wrongOutput(
  [first]: readonly { readonly path: string; readonly message: string }[],
  kept: number,
): AnswerError {
  const where = first === undefined || first.path === '' ? '' : `${first.path} `;
  const what = first === undefined ? 'it is not what was asked for' : `${where}${first.message}`;
  const nothing = { retryable: false, httpStatus: null, partialText: null };
  return kept > 0
    ? {
        code: 'partial',
        message: `a part of the answer is not what was asked for: ${what}`,
        hint: null,
        ...nothing,
      }
    : {
        code: 'invalid_output',
        message: `the answer is not what was asked for: ${what}`,
        hint: null,
        ...nothing,
      };
}
