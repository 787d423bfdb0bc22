import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import type { GenerateRequest } from '../../core/model.ts';
import type { EndpointSettings } from '../endpoint-settings.ts';
import { COMPATIBLE_SERVICES } from '../openai-compatible-services.ts';

/** One way to ask that the recorded requests were made in. */
export interface Shape {
  readonly request: Pick<GenerateRequest, 'messages'> & Partial<GenerateRequest>;
  readonly stream?: true;
  readonly settings?: Partial<EndpointSettings>;
  /** Added to the server's address. */
  readonly path?: string;
}

const say =
  (role: Message['role']) =>
  (content: Message['content']): Message => ({ role, content });
const system = say('system');
const user = say('user');
const assistant = say('assistant');

const PLAIN = [user('What is 2+2?')];
const HISTORY = [system('Be brief.'), user('One?'), assistant('1'), user('Two?')];
const IMAGE = {
  type: 'image_url',
  image_url: { url: 'data:image/png;base64,AA==', detail: 'low' },
};
const LOOK = [user([{ type: 'text', text: 'Look ' }, IMAGE])];

/** Written as text, so that a number and a name that JavaScript would change are seen as they are. */
const PARAMETERS = parseExactJson(
  '{"temperature":0.5,"max_tokens":7,"seed":12345678901234567890,"huge":1e400,"stop":["\\n"],' +
    '"top_k":3,"response_format":{"type":"json_object","a_b":[null]},"__proto__":{"a":1}}',
) as JsonObject;

const textShapes: Readonly<Record<string, readonly Message[]>> = {
  plain: PLAIN,
  empty: [user('')],
  system: [system('Be brief.'), ...PLAIN],
  'empty system': [system(''), ...PLAIN],
  'two systems': [system('Be brief.'), system('Be kind.'), ...PLAIN],
  'later system': [user('One?'), system('Be brief.'), user('Two?')],
  'system alone': [system('Be brief.')],
  history: HISTORY,
  'two users': [user('One?'), user('Two?')],
  'two assistants': [user('One?'), assistant('1'), assistant('2'), user('Two?')],
  'assistant first': [assistant('Ask me.'), user('One?')],
  'assistant last': [user('One?'), assistant('It is')],
  'trailing spaces': [system('Be brief. \n'), user(' One? \n'), assistant('1 \n'), user('Two? ')],
  'assistant last, trailing spaces': [user('One?'), assistant('It is \n')],
  'empty assistant': [user('One?'), assistant(''), user('Two?')],
  'empty assistant last': [user('One?'), assistant('')],
  media: LOOK,
  'media, system': [system('Be brief.'), ...LOOK],
  'media, later system': [user('One?'), system('Be brief.'), ...LOOK],
  'media, history': [...HISTORY, assistant('2 '), ...LOOK],
  'media, bare strings': [user(['One', { type: 'text', text: 'Two' }])],
};

/** Every shape, by name. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    Object.entries(textShapes).map(([name, messages]) => [name, { request: { messages } }]),
  ),
  n: { request: { messages: PLAIN, choices: 3 } },
  parameters: { request: { messages: PLAIN, parameters: PARAMETERS } },
  'parameters, n, system': {
    request: { messages: HISTORY, choices: 2, parameters: PARAMETERS },
  },
  stream: { request: { messages: PLAIN }, stream: true },
  'stream, history': { request: { messages: HISTORY }, stream: true },
  'stream, stream_options': {
    request: { messages: PLAIN, parameters: { stream_options: { include_usage: false } } },
    stream: true,
  },
  'stream, media': { request: { messages: LOOK }, stream: true },
  completion: { request: { messages: PLAIN, mode: 'completion' } },
  'completion, empty': { request: { messages: [user('')], mode: 'completion' } },
  'completion, system alone': { request: { messages: [system('Once')], mode: 'completion' } },
  'completion, history': { request: { messages: HISTORY, mode: 'completion' } },
  'completion, media': { request: { messages: LOOK, mode: 'completion' } },
  'completion, parameters': {
    request: { messages: PLAIN, mode: 'completion', choices: 2, parameters: PARAMETERS },
  },
  'completion, stream': { request: { messages: PLAIN, mode: 'completion' }, stream: true },
  'safety filter': { request: { messages: PLAIN, safetyFilter: 'few' } },
  'safety filter, parameters': {
    request: { messages: HISTORY, safetyFilter: 'none', parameters: PARAMETERS },
  },
  'no key': { request: { messages: PLAIN }, settings: { apiKey: null } },
  'own headers': {
    request: { messages: PLAIN },
    settings: { headers: { 'X-Team': 'blue', Authorization: 'Other', 'User-Agent': 'mine' } },
  },
  'own path': { request: { messages: PLAIN }, path: '/gateway/llm/' },
  'own path, version': { request: { messages: PLAIN }, path: '/gateway/v7', stream: true },
  'own path of a call': { request: { messages: PLAIN }, path: '/gateway/v1/chat/completions' },
  'own path of Azure': { request: { messages: PLAIN }, path: '/openai/v1/' },
};

/** The models that each shape was asked for with: names that the libraries knew, and others. */
export const MODELS: Readonly<Record<string, readonly string[]>> = {
  openai: ['gpt-4o', 'gpt-5', 'gpt-5-chat-latest', 'o1', 'o3-mini', 'ft:gpt-4o:org::a1'],
  'openai-responses': ['gpt-4o', 'gpt-5', 'o3-mini'],
  'azure-openai': ['gpt-4o', 'o3-mini', 'my-deployment'],
  anthropic: ['claude-3-haiku-20240307', 'claude-sonnet-4-5', 'claude-opus-4-1', 'claude-next'],
  gemini: ['gemini-2.5-flash', 'gemma-3-27b-it', 'models/gemini-2.5-pro', 'tunedModels/mine-1'],
  mistral: ['mistral-large-latest', 'magistral-small'],
  ollama: ['llama3.2:1b', 'org/model:tag'],
  'openai-compatible': ['org/model-1', 'o3-mini'],
  ...Object.fromEntries(COMPATIBLE_SERVICES.map(({ name }) => [name, ['org/model-1', 'o3-mini']])),
};
