import type { Exchange } from '../exchange/exchange.ts';
import { sendAnswer, sendBody } from '../exchange/send-answer.ts';
import { TOO_LONG_FORMS, tooLongError } from '../vendors/too-long.ts';
import type { Fault } from './fault.ts';

const FORM = /^([1-9]\d{0,8})(?::([a-z0-9.-]{1,40}))?$/;
/** Services that count the answer's tokens as well. */
const WITH_COMPLETION: ReadonlySet<string> = new Set([
  'openai-3',
  'anthropic-2',
  'vllm',
  'sglang-2',
  'tgi',
  'together',
  'openrouter',
  'deepseek',
]);

/** Takes prompts up to a length alone. Ollama cuts them without a word. */
export const contextLength: Fault = {
  name: 'context-length',
  about: "the vendor's error for a prompt of more tokens; Ollama counts no more and says nothing",
  argument: {
    about: `most tokens of a prompt, such as 4096, or 4096:vllm for the words of ${Object.keys(TOO_LONG_FORMS).join(', ')}`,
    default: null,
    accepts: (text) => {
      const name = FORM.exec(text)?.[2];
      return FORM.test(text) && (name === undefined || Object.hasOwn(TOO_LONG_FORMS, name));
    },
  },
  concerns: (exchange, argument) => {
    const { limit, name } = readArgument(argument);
    const { given, completion } = lengthOf(exchange);
    const counted = name !== null && WITH_COMPLETION.has(name) ? given + completion : given;
    return counted > limit;
  },
  respond(exchange, argument) {
    const { limit, name } = readArgument(argument);
    const vendor = exchange.route.vendor.name;
    if (vendor === 'ollama' && name === null) {
      sendAnswer(exchange, { ...exchange.reply, inputTokens: limit });
      return;
    }
    const usual = vendor === 'azure-openai' ? 'openai' : vendor;
    const { status, body } = tooLongError(name ?? usual, { limit, ...lengthOf(exchange) });
    sendBody(exchange, status, JSON.stringify(body));
  },
};

function readArgument(argument: string): { limit: number; name: string | null } {
  const [, limit = '0', name] = FORM.exec(argument) ?? [];
  return { limit: Number(limit), name: name ?? null };
}

function lengthOf({ reply }: Exchange): { given: number; completion: number } {
  return { given: reply.inputTokens, completion: reply.asked.maxTokens ?? 0 };
}
