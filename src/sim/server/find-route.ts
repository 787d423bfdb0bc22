import type { Route } from '../exchange/exchange.ts';
import { anthropic } from '../protocols/anthropic.ts';
import {
  embeddingAddress,
  geminiEmbeddings,
  ollamaEmbeddings,
  openaiEmbeddings,
} from '../protocols/embeddings.ts';
import { gemini } from '../protocols/gemini.ts';
import { ollama } from '../protocols/ollama.ts';
import { openaiChat } from '../protocols/openai-chat.ts';
import { openaiCompletion } from '../protocols/openai-completion.ts';
import { openaiResponses } from '../protocols/openai-responses.ts';
import type { Address, Protocol } from '../protocols/protocol.ts';
import { anthropicVendor } from '../vendors/anthropic.ts';
import { azureOpenaiVendor } from '../vendors/azure-openai.ts';
import { geminiVendor } from '../vendors/gemini.ts';
import { ollamaVendor } from '../vendors/ollama.ts';
import { openaiVendor } from '../vendors/openai.ts';
import type { Vendor } from '../vendors/vendor.ts';

const OPENAI_PROTOCOLS: Readonly<Record<string, Protocol>> = {
  'chat/completions': openaiChat,
  completions: openaiCompletion,
  responses: openaiResponses,
  embeddings: openaiEmbeddings,
};
const FIXED: Readonly<Record<string, readonly [Protocol, Vendor]>> = {
  '/v1/messages': [anthropic, anthropicVendor],
  '/api/chat': [ollama, ollamaVendor],
  '/v1/chat/completions': [openaiChat, openaiVendor],
  '/v1/completions': [openaiCompletion, openaiVendor],
  '/v1/responses': [openaiResponses, openaiVendor],
  '/v1/embeddings': [openaiEmbeddings, openaiVendor],
  '/api/embed': [ollamaEmbeddings, ollamaVendor],
};
const AZURE_PATH =
  /^\/openai\/(?:deployments\/([^/]+)|v1)\/(chat\/completions|completions|responses|embeddings)$/;
const GEMINI_PATH = /^\/v1(?:beta)?\/(?:models|tunedModels)\/([^/:]+):(\w+)$/;
const NO_ADDRESS: Address = { model: null, stream: null, serverSentEvents: false };

/** Finds what a POST to a path asks; undefined when nothing is there. */
export function findRoute(path: string, query: URLSearchParams): Route | undefined {
  const fixed = Object.hasOwn(FIXED, path) ? FIXED[path] : undefined;
  if (fixed) return { protocol: fixed[0], vendor: fixed[1], address: NO_ADDRESS };
  return azureRoute(path) ?? geminiRoute(path, query);
}

function azureRoute(path: string): Route | undefined {
  const [, deployment, rest = ''] = AZURE_PATH.exec(path) ?? [];
  const protocol = OPENAI_PROTOCOLS[rest];
  if (!protocol) return undefined;
  const model = deployment === undefined ? null : decoded(deployment);
  return { protocol, vendor: azureOpenaiVendor, address: { ...NO_ADDRESS, model } };
}

function geminiRoute(path: string, query: URLSearchParams): Route | undefined {
  const [, model = '', method = ''] = GEMINI_PATH.exec(path) ?? [];
  const isBatch = method === 'batchEmbedContents';
  if (isBatch || method === 'embedContent') {
    const address = embeddingAddress(decoded(model), isBatch);
    return { protocol: geminiEmbeddings, vendor: geminiVendor, address };
  }
  const stream = method === 'streamGenerateContent';
  if (!stream && method !== 'generateContent') return undefined;
  const address = {
    model: decoded(model),
    stream,
    serverSentEvents: query.get('alt') === 'sse',
  };
  return { protocol: gemini, vendor: geminiVendor, address };
}

/** The vendor whose error form suits a path that leads nowhere. */
export function vendorOfPath(path: string): Vendor {
  if (path.startsWith('/api/')) return ollamaVendor;
  if (path.startsWith('/openai/')) return azureOpenaiVendor;
  if (path.startsWith('/v1beta/')) return geminiVendor;
  return path.startsWith('/v1/messages') ? anthropicVendor : openaiVendor;
}

/** Undoes percent-encoding; text that is not validly encoded stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
