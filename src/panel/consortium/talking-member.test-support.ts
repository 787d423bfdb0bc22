import type { FakeClock } from '../../../test/support/fake-clock.ts';
import type { FakeReply } from '../../../test/support/fake-model.ts';
import type { Message } from '../../core/message.ts';
import type {
  GenerateOptions,
  GenerateRequest,
  Generation,
  SimpleModel,
} from '../../core/model.ts';

/** What a scripted model says to a request. */
export type Script = (request: GenerateRequest, numberOfCall: number) => string | SpokenReply;

/** A reply that takes its time, fails or hangs. */
export interface SpokenReply extends Pick<FakeReply, 'latencyMs' | 'error' | 'hangs'> {
  readonly text?: string;
  readonly texts?: readonly string[];
  readonly generation?: Partial<Generation>;
}

/** A model that answers by what it is asked, and keeps every request. */
export class ScriptedModel implements SimpleModel {
  readonly reference: string;
  readonly severalChoices = false;
  readonly requests: GenerateRequest[] = [];
  readonly startsMs: number[] = [];
  inFlight = 0;
  readonly #clock: FakeClock;
  readonly #script: Script;

  constructor(clock: FakeClock, reference: string, script: Script) {
    this.#clock = clock;
    this.reference = reference;
    this.#script = script;
  }

  async generate(request: GenerateRequest, { signal }: GenerateOptions): Promise<Generation> {
    this.requests.push(request);
    this.startsMs.push(this.#clock.monotonicMs());
    const said = this.#script(request, this.requests.length);
    const reply: SpokenReply = typeof said === 'string' ? { text: said } : said;
    this.inFlight++;
    try {
      await this.#wait(reply, signal);
    } finally {
      this.inFlight--;
    }
    if (reply.error !== undefined) throw reply.error;
    return {
      texts: reply.texts ?? [reply.text ?? ''],
      finishReason: 'stop',
      model: this.reference,
      usage: { input: 10, cached: 0, output: 5, reasoning: 0 },
      costUsd: 0.001,
      requestId: null,
      ...reply.generation,
    };
  }

  #wait({ latencyMs = 1000, hangs = false }: SpokenReply, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = hangs ? () => {} : this.#clock.after(latencyMs, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  }
}

/** The text of the last message. */
export function lastText(request: { readonly messages: readonly Message[] }): string {
  return String(request.messages.at(-1)?.content);
}

/** The key of the fences in a question. */
export function keyIn(request: { readonly messages: readonly Message[] }): string {
  return (
    /key="([0-9a-f]{16})"/.exec(
      String(request.messages.find(({ content }) => /key="/.test(String(content)))?.content),
    )?.[1] ?? ''
  );
}

/** Writes an arbiter's result. */
export function resultReply(
  request: { readonly messages: readonly Message[] },
  {
    synthesis,
    confidence = 0.9,
    iterate = false,
    areas = [],
  }: {
    readonly synthesis: string;
    readonly confidence?: number;
    readonly iterate?: boolean;
    readonly areas?: readonly string[];
  },
): string {
  const key = keyIn(request);
  const listed = areas.map((area) => `<area>${area}</area>`).join('');
  return [
    `I thought about it.\n<result key="${key}">`,
    `<synthesis>\n${synthesis}\n</synthesis>`,
    `<confidence> ${confidence} </confidence>`,
    `<refinement_areas>${listed}</refinement_areas>`,
    `<needs_iteration>\n  ${iterate}\n</needs_iteration>`,
    `</result key="${key}">`,
  ].join('\n');
}

/** The answers that a judge was shown, by label. */
export function shownAnswers(request: {
  readonly messages: readonly Message[];
}): Map<string, string> {
  const found = lastText(request).matchAll(
    /<answer label="([A-Z])" key="[0-9a-f]{16}">\n([\s\S]*?)\n<\/answer/g,
  );
  return new Map([...found].map(([, label, text]) => [label!, text!]));
}
