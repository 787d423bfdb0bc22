import type { Clock } from '../../src/core/clock.ts';
import type {
  GenerateOptions,
  GenerateRequest,
  Generation,
  SimpleModel,
} from '../../src/core/model.ts';
import { UNKNOWN_USAGE } from '../../src/core/usage.ts';

/** A model's answer of which only the text is known. */
export const PLAIN_GENERATION: Generation = {
  texts: ['4'],
  finishReason: 'stop',
  model: 'fake',
  usage: UNKNOWN_USAGE,
  costUsd: null,
  requestId: null,
};

/** How a fake model behaves in one try. */
export interface FakeReply {
  /** Default 0: it answers without a timer. */
  readonly latencyMs?: number | undefined;
  /** Rejects with this instead of answering. */
  readonly error?: unknown;
  /** Never answers. */
  readonly hangs?: boolean | undefined;
  /** Takes no notice of its signal. */
  readonly ignoresAbort?: boolean | undefined;
  /** Pieces of text that are streamed before the end. */
  readonly deltas?: readonly string[] | undefined;
  readonly generation?: Partial<Generation> | undefined;
}

/** One request as the fake model saw it. */
export interface FakeRequest {
  /** The text of the first message. */
  readonly text: string;
  readonly startMs: number;
  readonly choices: number;
}

/** A model whose every try is scripted; it keeps what it was asked as the witness of a test. */
export class FakeModel implements SimpleModel {
  readonly reference: string;
  readonly severalChoices: boolean;
  readonly requests: FakeRequest[] = [];
  inFlight = 0;
  mostInFlight = 0;
  readonly #clock: Clock;
  readonly #reply: (text: string, numberOfTry: number) => FakeReply;
  readonly #tries = new Map<string, number>();

  constructor(
    clock: Clock,
    reply: (text: string, numberOfTry: number) => FakeReply = () => ({}),
    settings: { reference?: string; severalChoices?: boolean } = {},
  ) {
    this.#clock = clock;
    this.#reply = reply;
    this.reference = settings.reference ?? 'fake/model';
    this.severalChoices = settings.severalChoices ?? true;
  }

  /** How often a text was asked. */
  triesOf(text: string): number {
    return this.#tries.get(text) ?? 0;
  }

  async generate(request: GenerateRequest, options: GenerateOptions): Promise<Generation> {
    const text = String(request.messages[0]?.content);
    const numberOfTry = this.triesOf(text) + 1;
    this.#tries.set(text, numberOfTry);
    this.requests.push({
      text,
      startMs: this.#clock.monotonicMs(),
      choices: request.choices,
    });
    const reply = this.#reply(text, numberOfTry);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    try {
      for (const delta of reply.deltas ?? []) options.onDelta?.(delta);
      await this.#wait(reply, options.signal);
    } finally {
      this.inFlight--;
    }
    if (reply.error !== undefined) throw reply.error;
    const texts = Array.from({ length: request.choices }, () => `answer to ${text}`);
    return { ...PLAIN_GENERATION, texts, ...reply.generation };
  }

  #wait(reply: FakeReply, signal: AbortSignal): Promise<void> {
    const { latencyMs = 0, hangs = false, ignoresAbort = false } = reply;
    if (latencyMs === 0 && !hangs) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const cancel = hangs ? () => {} : this.#clock.after(latencyMs, resolve);
      if (ignoresAbort) return;
      signal.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  }
}
