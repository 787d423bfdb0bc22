/** How a test speaks the protocol of one provider as a server. */
export interface Dialect {
  readonly provider: string;
  /** Path that a request for the model `m-1` must have. */
  readonly path: string;
  readonly streamPath?: string;
  readonly keyHeader: string;
  readonly contentType: string;
  /** The body of a good answer. */
  answer(texts: readonly string[], finish?: 'stop' | 'length'): Record<string, unknown>;
  /** The pieces of a good streamed answer; without its end if `finished` is false. */
  stream(deltas: readonly string[], finished?: boolean): string[];
  /** One piece that reports an error in mid-stream. */
  errorPiece(code: string, message: string): string;
  /** Where a body keeps the user's parameters. */
  parametersOf(body: Record<string, unknown>): Record<string, unknown>;
  /** The texts of a body's messages, the system's first. */
  textsOf(body: Record<string, unknown>): string[];
  /** A body of an error, with this word as its code. */
  error(code: string, message: string): unknown;
  readonly choices?: string;
}

type Body = Record<string, never>;

const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const named = (data: { type: string }) => `event: ${data.type}\n${event(data)}`;

const USAGE = {
  prompt_tokens: 12,
  completion_tokens: 8,
  total_tokens: 20,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 3 },
};

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return (content as { text: string }[]).map((part) => part.text).join('');
}

const chat = (provider: string, more: Partial<Dialect> = {}): Dialect => ({
  provider,
  path: '/v1/chat/completions',
  keyHeader: 'authorization',
  contentType: 'text/event-stream',
  answer: (texts, finish = 'stop') => ({
    id: 'body-id',
    object: 'chat.completion',
    model: 'm-1-2026-01-01',
    choices: texts.map((content, index) => ({
      index,
      message: { role: 'assistant', content, reasoning_content: 'thinking' },
      finish_reason: finish,
    })),
    usage: USAGE,
  }),
  stream: (deltas, finished = true) => [
    event({
      id: 'body-id',
      model: 'm-1-2026-01-01',
      choices: [{ index: 0, delta: { role: 'assistant', content: '' } }],
    }),
    ...deltas.map((content) =>
      event({ id: 'body-id', choices: [{ index: 0, delta: { content } }] }),
    ),
    ...(finished
      ? [
          event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
          event({ choices: [], usage: USAGE }),
        ]
      : []),
  ],
  errorPiece: (code, message) => event({ error: { code, message } }),
  parametersOf: (body) => body,
  textsOf: (body) =>
    (body.messages as unknown as { content: unknown }[]).map((message) =>
      contentText(message.content),
    ),
  error: (code, message) => ({ error: { message, code, type: 'some_error' } }),
  ...more,
});

const responses: Dialect = {
  ...chat('openai-responses'),
  path: '/v1/responses',
  answer: ([text = ''], finish = 'stop') => ({
    id: 'body-id',
    model: 'm-1-2026-01-01',
    status: finish === 'stop' ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: finish === 'stop' ? null : { reason: 'max_output_tokens' },
    output: [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'thinking' }] },
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
    ],
    usage: {
      input_tokens: 12,
      output_tokens: 8,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens_details: { reasoning_tokens: 3 },
    },
  }),
  stream: (deltas, finished = true) => [
    named({
      type: 'response.created',
      response: { id: 'body-id', model: 'm-1-2026-01-01' },
    } as never),
    ...deltas.map((delta) => named({ type: 'response.output_text.delta', delta } as never)),
    ...(finished
      ? [
          named({
            type: 'response.completed',
            response: responses.answer([deltas.join('')]),
          } as never),
        ]
      : []),
  ],
  errorPiece: (code, message) =>
    named({
      type: 'response.failed',
      response: { status: 'failed', error: { code, message } },
    } as never),
  textsOf: (body) =>
    (body.input as unknown as { content: unknown }[]).map((message) =>
      contentText(message.content),
    ),
};

const anthropic: Dialect = {
  ...chat('anthropic'),
  path: '/v1/messages',
  keyHeader: 'x-api-key',
  answer: ([text = ''], finish = 'stop') => ({
    id: 'body-id',
    type: 'message',
    role: 'assistant',
    model: 'm-1-2026-01-01',
    content: [
      { type: 'thinking', thinking: 'thinking', signature: 's' },
      { type: 'text', text },
    ],
    stop_reason: finish === 'stop' ? 'end_turn' : 'max_tokens',
    usage: { input_tokens: 8, cache_read_input_tokens: 4, output_tokens: 8 },
  }),
  stream: (deltas, finished = true) => [
    named({
      type: 'message_start',
      message: {
        id: 'body-id',
        model: 'm-1-2026-01-01',
        usage: { input_tokens: 8, cache_read_input_tokens: 4, output_tokens: 1 },
      },
    } as never),
    named({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'thinking_delta', thinking: 'thinking' },
    } as never),
    ...deltas.map((text) =>
      named({
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'text_delta', text },
      } as never),
    ),
    ...(finished
      ? [
          named({
            type: 'message_delta',
            delta: { stop_reason: 'end_turn' },
            usage: { output_tokens: 8 },
          } as never),
          named({ type: 'message_stop' }),
        ]
      : []),
  ],
  errorPiece: (type, message) => named({ type: 'error', error: { type, message } } as never),
  textsOf: (body) => [
    contentText(body.system ?? []),
    ...(body.messages as unknown as { content: unknown }[]).map((message) =>
      contentText(message.content),
    ),
  ],
  error: (type, message) => ({ type: 'error', error: { type, message } }),
};

const geminiBody = (texts: readonly string[], finishReason?: string) => ({
  candidates: texts.map((text, index) => ({
    index,
    content: { role: 'model', parts: [{ text: 'thinking', thought: true }, { text }] },
    ...(finishReason ? { finishReason } : {}),
  })),
  modelVersion: 'm-1-2026-01-01',
  responseId: 'body-id',
  usageMetadata: {
    promptTokenCount: 12,
    cachedContentTokenCount: 4,
    candidatesTokenCount: 5,
    thoughtsTokenCount: 3,
  },
});

const gemini: Dialect = {
  ...chat('gemini'),
  path: '/v1beta/models/m-1:generateContent',
  streamPath: '/v1beta/models/m-1:streamGenerateContent?alt=sse',
  keyHeader: 'x-goog-api-key',
  answer: (texts, finish = 'stop') => geminiBody(texts, finish === 'stop' ? 'STOP' : 'MAX_TOKENS'),
  stream: (deltas, finished = true) =>
    deltas.map((text, index) =>
      event(geminiBody([text], finished && index === deltas.length - 1 ? 'STOP' : undefined)),
    ),
  errorPiece: (status, message) => event({ error: { status, message } }),
  parametersOf: (body) => body.generationConfig as unknown as Body,
  textsOf: (body) => {
    const { systemInstruction, contents } = body as unknown as Record<string, { parts: unknown }>;
    const turns = contents as unknown as { parts: unknown }[];
    return [systemInstruction ?? { parts: [] }, ...turns].map(({ parts }) => contentText(parts));
  },
  error: (status, message) => ({ error: { code: 400, status, message } }),
  choices: 'candidateCount',
};

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

const ollama: Dialect = {
  ...chat('ollama'),
  path: '/api/chat',
  contentType: 'application/x-ndjson',
  answer: ([content = ''], finish = 'stop') => ({
    model: 'm-1-2026-01-01',
    message: { role: 'assistant', content, thinking: 'thinking' },
    done: true,
    done_reason: finish,
    prompt_eval_count: 12,
    eval_count: 8,
  }),
  stream: (deltas, finished = true) => [
    ...deltas.map((content) =>
      line({ model: 'm-1-2026-01-01', message: { role: 'assistant', content }, done: false }),
    ),
    ...(finished ? [line(ollama.answer([]))] : []),
  ],
  errorPiece: (code, message) => line({ error: { code, message } }),
  parametersOf: (body) => body.options as unknown as Body,
};

/** Every adapter, and one service of the table. */
export const DIALECTS: readonly Dialect[] = [
  chat('openai', { choices: 'n' }),
  responses,
  anthropic,
  gemini,
  chat('azure-openai', {
    path: '/openai/deployments/m-1/chat/completions?api-version=2024-10-21',
    keyHeader: 'api-key',
    choices: 'n',
  }),
  chat('mistral', { choices: 'n' }),
  chat('openai-compatible'),
  chat('together', { choices: 'n' }),
  ollama,
];
