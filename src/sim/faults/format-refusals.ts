import type { Exchange } from '../exchange/exchange.ts';
import { sendRefusal } from '../exchange/send-answer.ts';
import type { AskedFormat } from '../protocols/asked-format.ts';
import { Refusal } from '../vendors/refusal.ts';
import type { Fault } from './fault.ts';

/** Does not know schemas. */
export const noJsonSchema: Fault = {
  name: 'no-json-schema',
  about: 'status 400 to a request whose answer is to fit a JSON Schema',
  argument: {
    about: 'in whose words: openai, deepseek, deepseek-2, volcengine, vllm or lm-studio',
    default: 'openai',
    accepts: (text) => Object.hasOwn(WORDS, text),
  },
  concerns: (exchange) => isAsked(exchange, ['json_schema']),
  respond: (exchange, argument) => refuse(exchange, argument, 'json_schema'),
};

/** Knows neither schemas nor JSON. */
export const noJsonObject: Fault = {
  name: 'no-json-object',
  about: 'status 400 to a request whose answer is to be JSON, with a JSON Schema or without',
  argument: {
    about: 'in whose words: openai, deepseek, deepseek-2, volcengine, vllm or lm-studio',
    default: 'openai',
    accepts: (text) => Object.hasOwn(WORDS, text),
  },
  concerns: (exchange) => isAsked(exchange, ['json_schema', 'json_object']),
  respond: (exchange, argument) =>
    refuse(exchange, argument, exchange.reply.asked.format?.level ?? 'json_object'),
};

/** What servers of OpenAI's protocol say, as their users have reported it. */
const WORDS: Readonly<Record<string, (type: string) => string>> = {
  openai: (type) =>
    `Invalid parameter: 'response_format' of type '${type}' is not supported with this model.`,
  deepseek: () => 'This response_format type is unavailable now',
  'deepseek-2': (type) =>
    `Failed to deserialize the JSON body into the target type: response_format: response_format.type \`${type}\` is unavailable now at line 1 column 124`,
  volcengine: (type) =>
    `The parameter \`response_format.type\` specified in the request are not valid: invalid value: \`${type}\`, supported values are: \`text\`.`,
  vllm: (type) => `response_format.${type} is not supported by this model`,
  'lm-studio': () => "'response_format.type' must be 'text'",
};

/** What other vendors say, of the field by which they are asked. */
const OF_VENDOR: Readonly<Record<string, string>> = {
  anthropic:
    'output_config.format: Structured output (json_schema) is not supported with this model',
  gemini: 'Json mode (response_mime_type, response_json_schema) is not enabled for this model',
  ollama: 'format: json_schema is not supported by this model',
};

function isAsked({ reply }: Exchange, levels: readonly AskedFormat['level'][]): boolean {
  const { format } = reply.asked;
  return format !== undefined && format !== null && levels.includes(format.level);
}

function refuse(exchange: Exchange, words: string, type: string): void {
  const message = OF_VENDOR[exchange.route.vendor.name] ?? WORDS[words]?.(type) ?? '';
  const refusal = new Refusal('bad_request', message, { parameter: 'response_format' });
  sendRefusal(exchange, refusal, null);
}
