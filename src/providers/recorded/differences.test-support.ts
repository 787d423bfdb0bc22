import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import { COMPATIBLE_SERVICES } from '../openai-compatible-services.ts';
import { SHAPES } from './shapes.test-support.ts';

/** A request as it was recorded, or the error in place of one. */
export interface Recorded {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** One shape asked of one model. */
export interface Case {
  readonly provider: string;
  readonly modelId: string;
  readonly shape: string;
}

/** Why a request is no longer what was recorded, and what it is now. */
export interface Difference {
  readonly reason: string;
  /** Tells whether it makes a difference to a case. */
  readonly to: (one: Case) => boolean;
  /** The body, or the refusal, in place of what was recorded. */
  readonly now: (recorded: Recorded | string, one: Case) => Recorded | string;
}

const among = (names: readonly string[], name: string) => names.includes(name);
const messagesOf = ({ shape }: Case): readonly Message[] => SHAPES[shape]!.request.messages;
const completes = ({ provider, shape }: Case) =>
  SHAPES[shape]!.request.mode === 'completion' &&
  !among(['anthropic', 'gemini', 'mistral', 'ollama', 'openai-responses'], provider);
const isMedia = (one: Case) => messagesOf(one).some(({ content }) => typeof content !== 'string');
const hasSystem = (one: Case) => messagesOf(one).some(({ role }) => role === 'system');
const systemsInFront = (messages: readonly Message[]) => {
  const first = messages.findIndex(({ role }) => role !== 'system');
  return messages.slice(0, first === -1 ? messages.length : first);
};
const hasLaterSystem = (one: Case) => {
  const messages = messagesOf(one);
  return messages.filter(({ role }) => role === 'system').length > systemsInFront(messages).length;
};

/** Changes the body, and leaves a refusal as it is. */
const body =
  (change: (before: JsonObject, one: Case) => JsonObject): Difference['now'] =>
  (recorded, one) =>
    typeof recorded === 'string' ? recorded : { ...recorded, body: change(recorded.body, one) };

const refused = (text: string): Difference['now'] => {
  return () => `bad_request: The messages cannot be sent: ${text}`;
};

const textOfParts = (content: JsonValue | undefined, type: string): JsonValue => {
  const [part] = Array.isArray(content) ? content : [];
  return isJsonObject(part) && part.type === type ? part.text! : content!;
};

const eachMessage = (list: JsonValue | undefined, change: (message: JsonObject) => JsonObject) =>
  (list as readonly JsonObject[]).map(change);

const LARGEST: Readonly<Record<string, number>> = {
  'claude-sonnet-4-5': 64_000,
  'claude-opus-4-1': 32_000,
};

/** Every difference between what was recorded and what is sent now. */
export const DIFFERENCES: readonly Difference[] = [
  {
    reason: 'a number that JavaScript cannot hold is sent as it is written, not as null',
    to: ({ shape }) => shape.includes('parameters'),
    now: body((before) =>
      replaceDeep(before, (key, value) =>
        key === 'huge' ? (parseExactJson('1e400') as JsonValue) : value,
      ),
    ),
  },
  {
    reason: 'a system message is a system message, whatever the model is called',
    to: (one) =>
      (one.provider === 'openai' ||
        one.provider === 'azure-openai' ||
        one.provider === 'openai-responses') &&
      among(['gpt-5', 'o1', 'o3-mini'], one.modelId) &&
      hasSystem(one) &&
      !isMedia(one) &&
      !completes(one),
    now: body((before) =>
      replaceDeep(before, (key, value) =>
        key === 'role' && value === 'developer' ? 'system' : value,
      ),
    ),
  },
  {
    reason: 'a text of a Responses message stays a text',
    to: (one) =>
      one.provider === 'openai-responses' &&
      !isMedia(one) &&
      messagesOf(one).some(({ role }) => role === 'user'),
    now: body((before) => ({
      ...before,
      input: eachMessage(before.input, (message) => ({
        ...message,
        content: textOfParts(message.content, 'input_text'),
      })),
    })),
  },
  {
    reason: 'a bare string among the parts of a Responses message gets the type that the API knows',
    to: ({ provider, shape }) => provider === 'openai-responses' && shape === 'media, bare strings',
    now: body((before) => ({
      ...before,
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'One' },
            { type: 'text', text: 'Two' },
          ],
        },
      ],
    })),
  },
  {
    reason: 'a text of a Mistral message stays a text',
    to: (one) =>
      one.provider === 'mistral' &&
      !isMedia(one) &&
      messagesOf(one).some(({ role }) => role === 'user'),
    now: body((before) => ({
      ...before,
      messages: eachMessage(before.messages, (message) => ({
        ...message,
        content: textOfParts(message.content, 'text'),
      })),
    })),
  },
  {
    reason: 'Mistral is told `prefix` only by the user',
    to: (one) => one.provider === 'mistral' && messagesOf(one).at(-1)?.role === 'assistant',
    now: body((before) => ({
      ...before,
      messages: eachMessage(before.messages, ({ prefix: _, ...message }) => message),
    })),
  },
  {
    reason: "Anthropic's messages are sent as written: not made parts, merged, trimmed or dropped",
    to: (one) =>
      one.provider === 'anthropic' &&
      !isMedia(one) &&
      messagesOf(one).length > systemsInFront(messagesOf(one)).length,
    now: body((before, one) => ({
      ...before,
      messages: messagesOf(one).filter(({ role }) => role !== 'system'),
    })),
  },
  {
    reason: "Anthropic's system stands before the messages, with media, too",
    to: (one) => one.provider === 'anthropic' && isMedia(one) && hasSystem(one),
    now: body(({ messages, system, ...before }) => ({
      ...before,
      system: system!,
      messages: messages!,
    })),
  },
  {
    reason: "Anthropic's max_tokens is the model's largest where that is known",
    to: ({ provider, modelId, shape }) =>
      provider === 'anthropic' && modelId in LARGEST && !shape.includes('parameters'),
    now: body((before, { modelId }) => ({ ...before, max_tokens: LARGEST[modelId]! })),
  },
  ...['Anthropic', 'Google Gemini'].map(
    (label): Difference => ({
      reason: `a later system message is refused, which ${label} cannot be told, not moved to the front`,
      to: (one) =>
        one.provider === (label === 'Anthropic' ? 'anthropic' : 'gemini') && hasLaterSystem(one),
      now: refused(
        `message 2 is a system message after the conversation has begun, which ${label} cannot be told`,
      ),
    }),
  ),
  {
    reason: 'an empty last message of the assistant is refused, not dropped',
    to: ({ provider, shape }) => provider === 'anthropic' && shape === 'empty assistant last',
    now: refused(
      "the last message is the assistant's and is empty, which Anthropic cannot be told",
    ),
  },
  {
    reason: 'white space at the end of the last message of the assistant is refused, not trimmed',
    to: ({ provider, shape }) =>
      provider === 'anthropic' && shape === 'assistant last, trailing spaces',
    now: refused(
      "the last message is the assistant's and ends in white space, which Anthropic cannot be told",
    ),
  },
  {
    reason: 'an empty text is a part of text for Gemini, not no part',
    to: ({ provider, shape }) =>
      provider === 'gemini' && among(['empty assistant', 'empty assistant last'], shape),
    now: body((before) => ({
      ...before,
      contents: eachMessage(before.contents, (content) => ({
        ...content,
        parts:
          (content.parts as readonly JsonValue[]).length === 0 ? [{ text: '' }] : content.parts!,
      })),
    })),
  },
  {
    reason: "Gemma's system text is its instruction, not a part of the user's",
    to: (one) =>
      one.modelId.startsWith('gemma-') && hasSystem(one) && !hasLaterSystem(one) && !isMedia(one),
    now: body(({ generationConfig, contents: _, ...others }, one) => ({
      generationConfig: generationConfig!,
      contents: messagesOf(one)
        .filter(({ role }) => role !== 'system')
        .map(({ role, content }) => ({
          role: role === 'assistant' ? 'model' : role,
          parts: [{ text: content }],
        })),
      systemInstruction: {
        parts: systemsInFront(messagesOf(one)).map(({ content }) => ({ text: content })),
      },
      ...others,
    })),
  },
  {
    reason: 'a name that is not in snake case keeps its spelling for Gemini',
    to: ({ provider, shape }) => provider === 'gemini' && shape.includes('parameters'),
    now: body((before) => ({
      ...before,
      generationConfig: Object.fromEntries(
        Object.entries(before.generationConfig as JsonObject).map(([name, value]) => [
          name === '_Proto__' ? '__proto__' : name,
          value,
        ]),
      ),
    })),
  },
  {
    reason: 'a completion is refused a history, not given a transcript that stops at `user:`',
    to: (one) => completes(one) && one.shape === 'completion, history',
    now: refused('a completion cannot be told 4 messages'),
  },
  {
    reason: 'a completion is refused parts, not given a stand-in beside messages',
    to: (one) => completes(one) && one.shape === 'completion, media',
    now: refused('a completion cannot be told content that is no text'),
  },
  {
    reason: "an address with a path is used as it is where the API copies OpenAI's",
    to: ({ provider, shape }) => shape === 'own path' && copiesOpenAi(provider),
    now: (recorded) =>
      typeof recorded === 'string'
        ? recorded
        : { ...recorded, path: recorded.path.replace(/\/v\d+\//, '/') },
  },
];

/** True where the usual address has a version, which was put behind any other one. */
function copiesOpenAi(provider: string): boolean {
  if (among(['openai', 'openai-responses', 'mistral', 'openai-compatible'], provider)) return true;
  const service = COMPATIBLE_SERVICES.find(({ name }) => name === provider);
  return service !== undefined && /\/v\d/.test(service.baseUrl ?? '/v1');
}

function replaceDeep(
  value: JsonObject,
  replace: (key: string, value: JsonValue) => JsonValue,
): JsonObject {
  const deep = (key: string, one: JsonValue): JsonValue => {
    const inner = JSON.isRawJSON(one)
      ? one
      : Array.isArray(one)
        ? one.map((item) => deep('', item))
        : isJsonObject(one)
          ? Object.fromEntries(Object.entries(one).map(([name, item]) => [name, deep(name, item)]))
          : one;
    return replace(key, inner);
  };
  return deep('', value) as JsonObject;
}
