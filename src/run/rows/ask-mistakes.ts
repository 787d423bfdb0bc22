import type { Answer, AnswerError } from '../../core/answer.ts';
import type { GenerateRequest } from '../../core/model.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import type { AskOptions } from '../../core/workflow.ts';
import { workflowFailed } from './thrown-error.ts';

type Given = Readonly<Record<string, unknown>>;

const QUESTION_KEYS: Readonly<Record<keyof GenerateRequest, true>> = {
  messages: true,
  parameters: true,
  choices: true,
  mode: true,
  schema: true,
  safetyFilter: true,
  stream: true,
  keepRaw: true,
};

/** What each option must be, in words, and whether it is. */
const OPTIONS: Readonly<
  Record<keyof AskOptions, readonly [wanted: string, isGood: (given: unknown) => boolean]>
> = {
  optional: ['true or false', (given) => typeof given === 'boolean'],
  signal: ['an AbortSignal, such as controller.signal', isSignal],
  attempts: ['1 or more', (given) => typeof given === 'number' && given >= 1],
  timeoutMs: ['1 or more', (given) => typeof given === 'number' && given >= 1],
  deadlineMs: ['a number', (given) => typeof given === 'number' && !Number.isNaN(given)],
  onDelta: ['a function', isFunction],
  onFailedTry: ['a function', isFunction],
  onProgress: ['a function', isFunction],
};

const QUESTION = "A question is an object: { messages: [{ role: 'user', content: 'Why?' }] }.";

/**
 * Says what is wrong with the arguments of `ask`, as a program without types may have them; undefined: nothing. What
 * were passed over here would be paid for without what was meant (`temperature` outside of `parameters`), or fail
 * somewhere inside.
 */
export function mistakeOfAsk(
  name: unknown,
  model: unknown,
  question: unknown,
  options: unknown,
): AnswerError | undefined {
  if (typeof name !== 'string' || name === '') {
    const hint = "It is asked by a name of its own first: ask('draft', model, question).";
    return workflowFailed(`the name of a call is ${shown(name)}`, hint);
  }
  return (
    ofModel(name, model) ?? ofQuestion(name, question as Given) ?? ofOptions(name, options as Given)
  );
}

/** Tells whether something is a signal, of this realm or another. */
export function isSignal(given: unknown): boolean {
  return typeof (given as AbortSignal | null)?.addEventListener === 'function';
}

/** Says in few words what was given instead of what was wanted. */
export function shown(given: unknown): string {
  if (typeof given === 'string')
    return given === '' ? 'an empty text' : `the text ${quoted(given)}`;
  if (Array.isArray(given)) return 'a list';
  if (given instanceof Promise) return 'a promise';
  if (typeof given === 'function') return 'a function';
  return typeof given === 'object' && given !== null ? 'an object' : String(given);
}

function ofModel(name: string, model: unknown): AnswerError | undefined {
  const { workflow, generate } = (model ?? {}) as Given;
  if (isFunction(workflow) || isFunction(generate)) return undefined;
  const hint =
    typeof model === 'string'
      ? `A model is opened first: const [model] = await engine.openModels([${quoted(model)}]).`
      : 'A model is one of the list that engine.openModels gives, or an object with `generate` or `workflow`.';
  return workflowFailed(`the model of the call ${quoted(name)} is ${shown(model)}`, hint);
}

function ofQuestion(name: string, question: Given): AnswerError | undefined {
  // Made only where something is wrong: this is on the way of every call.
  const its = () => `the question of the call ${quoted(name)}`;
  if (typeof question !== 'object' || question === null || Array.isArray(question)) {
    return workflowFailed(`${its()} is ${shown(question)}`, QUESTION);
  }
  const { messages } = question;
  if (!Array.isArray(messages)) {
    return workflowFailed(`${its()} has messages that are ${shown(messages)}`, QUESTION);
  }
  if (messages.length === 0) return workflowFailed(`${its()} has no message`, QUESTION);
  for (const key in question) {
    if (Object.hasOwn(QUESTION_KEYS, key) || question[key] === undefined) continue;
    const meant = nearestName(key, Object.keys(QUESTION_KEYS));
    const hint = meant
      ? `Did you mean ${meant}?`
      : `What the provider is to be told stands in \`parameters\`: { messages, parameters: { ${plainLine(key, 40)}: … } }.`;
    return workflowFailed(`${its()} has an unknown key ${quoted(key)}`, hint);
  }
  for (let place = 0; place < messages.length; place++) {
    const wrong = wrongInMessage(messages[place]);
    if (wrong !== null)
      return workflowFailed(`message ${place + 1} of ${its()} ${wrong}`, QUESTION);
  }
  return undefined;
}

/** What else it may hold is the API's to know: any form of content, or a content of another name. */
function wrongInMessage(message: unknown): string | null {
  if (typeof message !== 'object' || message === null) return `is ${shown(message)}`;
  const { role, content } = message as Given;
  if (typeof role !== 'string') return 'has no role';
  if (typeof content === 'string') return null;
  if (content instanceof Promise) return 'has a content that is a promise: await it';
  if (Array.isArray((content as Partial<Answer> | null | undefined)?.texts)) {
    return 'has a content that is an answer: textOf(answer) is its text';
  }
  if (content !== undefined) return null;
  const isOfOtherForm = Object.keys(message).some((key) => key !== 'role' && key !== 'content');
  return isOfOtherForm ? null : 'has no content';
}

function ofOptions(name: string, options: Given): AnswerError | undefined {
  for (const key in options) {
    const given = options[key];
    if (given === undefined) continue;
    if (!Object.hasOwn(OPTIONS, key)) {
      const meant = nearestName(key, Object.keys(OPTIONS));
      const hint = meant
        ? `Did you mean ${meant}?`
        : `There are ${Object.keys(OPTIONS).join(', ')}.`;
      return workflowFailed(`the call ${quoted(name)} has an unknown option ${quoted(key)}`, hint);
    }
    const [wanted, isGood] = OPTIONS[key as keyof AskOptions];
    if (isGood(given)) continue;
    return workflowFailed(
      `${key} of the call ${quoted(name)} is ${shown(given)}; it must be ${wanted}`,
    );
  }
  return undefined;
}

function isFunction(given: unknown): boolean {
  return typeof given === 'function';
}

function quoted(text: string): string {
  return `"${plainLine(text, 60)}"`;
}
