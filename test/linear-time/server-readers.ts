import { readWholeAnswer } from '../../src/providers/answer-reader.ts';
import { provider as anthropic } from '../../src/providers/anthropic/index.ts';
import { type FailureContext, failedStatus } from '../../src/providers/errors/failed-answer.ts';
import { retryAfterMs } from '../../src/providers/errors/retry-after.ts';
import { EMBEDDINGS } from '../../src/providers/formats/embeddings.ts';
import { mediaOf } from '../../src/providers/formats/media.ts';
import { pathOfId } from '../../src/providers/formats/path-of-id.ts';
import { provider as gemini } from '../../src/providers/gemini/index.ts';
import { provider as mistral } from '../../src/providers/mistral/index.ts';
import { provider as ollama } from '../../src/providers/ollama/index.ts';
import { provider as openai } from '../../src/providers/openai/index.ts';
import { provider as compatible } from '../../src/providers/openai-compatible/index.ts';
import { requestIdOf } from '../../src/providers/request-id.ts';
import { StreamReader } from '../../src/providers/stream-reader.ts';
import { readAddress, withQuery } from '../../src/providers/transport/base-url.ts';
import { DeltaRedactor } from '../../src/providers/transport/delta-redactor.ts';
import { encodingOf } from '../../src/providers/transport/inflater.ts';
import { proxyFor } from '../../src/providers/transport/proxy-choice.ts';
import { unexpectedRedirect } from '../../src/providers/transport/redirect.ts';
import { Secrets } from '../../src/providers/transport/secrets.ts';
import { bodyText } from '../../src/providers/transport/text-encoding.ts';
import { piecesOf, type Readers } from './text-readers.ts';

const SECRETS = new Secrets([
  'sk-proj-A.b+c/1234567890zz',
  '/'.repeat(20),
  'aaaaaaaaaaaaaaaaaaaaaab',
]);
const CONTEXT: FailureContext = {
  subject: {
    endpoint: 'local',
    baseUrl: 'http://127.0.0.1:1/v1',
    modelId: 'm',
    keyVariable: null,
    hasKey: true,
  },
  status: 429,
  headers: {},
  nowMs: 0,
  requestId: null,
  redact: (text) => SECRETS.redact(text),
};
const PROVIDERS = { openai, anthropic, gemini, ollama };
const SCHEMA_FIELDS = [openai, anthropic, gemini, ollama, mistral, compatible].map(
  ({ schemaFields }) => schemaFields!,
);

function stream(name: keyof typeof PROVIDERS, size: number) {
  return (text: string) => {
    const reader = new StreamReader(PROVIDERS[name].format('chat'), {
      onText: () => {},
      context: () => CONTEXT,
    });
    for (const piece of piecesOf(text, size)) reader.push(piece);
    return reader.end();
  };
}

/** A stream whose text is the text, in pieces of a few characters. */
function textOfStream(text: string): void {
  const redactor = new DeltaRedactor(SECRETS, () => {});
  for (let at = 0; at < text.length; at += 50) redactor.push(text.slice(at, at + 50));
  redactor.end();
}

const answerWith = (content: unknown) =>
  JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] });

/** What reads what a server sends, and addresses. */
export const SERVER_READERS: Readers = {
  'address of an endpoint': (text) => openai.baseUrl(readAddress(`http://host/${text}`, 'local')),
  'host of an address': (text) => readAddress(`http://${text}`, 'local'),
  'query of an address': (text) => withQuery('/v1?a=b', text),
  "variable of Ollama's host": (text) => ollama.readAddress?.(text, {}),
  'model id in a path': pathOfId,
  'address of a proxy': (text) =>
    proxyFor(new URL('https://host.example'), { httpsProxy: text, noProxy: text }),
  'stream of events': stream('openai', 1000),
  'stream of events, byte by byte': stream('anthropic', 1),
  'stream of lines': stream('ollama', 100),
  'text of a stream without keys': textOfStream,
  'body of an answer': (text) => readWholeAnswer(text, openai.format('chat'), () => CONTEXT),
  'vectors of an answer': (text) =>
    [text, `{"data":[{"embedding":[${text}]}]}`].map((body) =>
      readWholeAnswer(body, EMBEDDINGS, () => CONTEXT),
    ),
  "body of Gemini's": (text) => readWholeAnswer(text, gemini.format('chat'), () => CONTEXT),
  'text of an answer': (text) =>
    readWholeAnswer(answerWith(text), openai.format('chat'), () => CONTEXT),
  'message of an error': (text) =>
    failedStatus(JSON.stringify({ error: { message: text } }), CONTEXT),
  'message of an error of one request': (text) =>
    failedStatus(JSON.stringify({ error: { message: text, metadata: { raw: text }, code: 400 } }), {
      ...CONTEXT,
      status: 400,
    }),
  'refusal of a schema': (text) =>
    Object.values(SCHEMA_FIELDS).map(({ refusal }) => refusal?.test(text)),
  'schema that is sent': (text) =>
    [JSON.parse(text), { type: 'object', properties: { [text]: { $ref: text } } }].map((schema) =>
      SCHEMA_FIELDS.map((fields) =>
        fields.parameters({ name: 'rows', schema }, 'json_schema', 'm'),
      ),
    ),
  'code of an error': (text) => failedStatus(JSON.stringify({ error: { code: text } }), CONTEXT),
  'body of an error': (text) => failedStatus(text, CONTEXT),
  'text without keys': (text) => [SECRETS.redact(text), SECRETS.redactBrokenOff(text)],
  'Retry-After': (text) => retryAfterMs({ 'retry-after': text, date: text }, 429, 0),
  'rate limit headers': (text) =>
    retryAfterMs({ ratelimit: text, 'x-ratelimit-reset-requests': text }, 429, 0),
  'content type': (text) => bodyText(Buffer.from('{}'), text),
  'content encoding': encodingOf,
  'target of a redirect': (text) => unexpectedRedirect(302, { location: text }, 'http://host'),
  'id of a request': (text) => requestIdOf({ 'x-request-id': text }),
  'address of data': (text) => mediaOf({ type: 'image_url', image_url: `data:${text}` }),
};
