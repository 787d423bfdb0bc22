import type { JsonValue } from '../core/json.ts';
import type { GenerateRequest, Model } from '../core/model.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type Ask, textOf } from '../core/workflow.ts';
import { askAgain, askUntilRead, readVerdict } from '../judge/index.ts';
import { askListAgain, readList } from './row/list-reply.ts';
import type { WantedReply } from './row/reply-form.ts';
import { askTranslationAgain, readTranslation } from './row/translation-reply.ts';

/** A row whose reply must have a form. */
export interface ReplyQuestion {
  readonly reply: WantedReply;
  readonly model: Model;
  readonly request: GenerateRequest;
}

/**
 * Asks for a reply of the form that a row wants, once more where it has another, and gives the text of the last one,
 * readable or not. A translation is sent back, and the text is what came back.
 *
 * @throws AnswerFailure when a call failed; TuttiError when there is nothing that can be translated back
 */
export async function askForReply(
  { reply: { form, key }, model, request }: ReplyQuestion,
  ask: Ask,
): Promise<JsonValue> {
  const common = { model, question: request };
  if (form.kind === 'verdict') {
    const { verdict } = form;
    const { text } = await askUntilRead(ask, {
      ...{ ...common, name: 'verdict' },
      read: (answer) => readVerdict(answer, verdict, key),
      again: (mistake) => askAgain(mistake, verdict, key),
    });
    return text;
  }
  if (form.kind === 'list') {
    const { count } = form;
    const { text } = await askUntilRead(ask, {
      ...{ ...common, name: 'list' },
      read: (answer) => readList(answer, count, key),
      again: (mistake) => askListAgain(mistake, count, key),
    });
    return text;
  }
  const { read } = await askUntilRead(ask, {
    ...{ ...common, name: 'there' },
    read: (answer) => readTranslation(answer, key),
    again: (mistake) => askTranslationAgain(mistake, key),
  });
  if ('mistake' in read) {
    throw new TuttiError('bad_input', `The translation ${read.mistake}, twice`);
  }
  const { from, text } = read.value;
  const content = `Translate the following text into ${from}. Reply with the translation only.\n\n${text}`;
  return textOf(await ask('back', model, { ...request, messages: [{ role: 'user', content }] }));
}
