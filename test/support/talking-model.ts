import { CallError } from '../../src/core/call-error.ts';
import type { GenerateRequest, Generation, SimpleModel } from '../../src/core/model.ts';

/** A model that answers the last message with `re: ` before it, and refuses one that begins with `bad`. */
export class TalkingModel implements SimpleModel {
  readonly reference = 'a/1';
  readonly severalChoices = true;
  /** What it was sent, a conversation each: its messages with ` / ` between them. */
  readonly heard: string[] = [];
  readonly #onRequest: (last: string) => void;

  /** @param onRequest told of the last message of each request before it is answered */
  constructor(onRequest: (last: string) => void = () => {}) {
    this.#onRequest = onRequest;
  }

  async generate({ messages, choices }: GenerateRequest): Promise<Generation> {
    const last = String(messages.at(-1)!.content);
    this.heard.push(messages.map(({ content }) => content).join(' / '));
    this.#onRequest(last);
    if (last.startsWith('bad')) {
      throw new CallError('bad_request', `${last} is refused`, { httpStatus: 400 });
    }
    return {
      texts: Array.from({ length: choices }, () => `re: ${last}`),
      finishReason: 'stop',
      model: 'fake',
      usage: { input: 10, output: 5, cached: null, reasoning: null },
      costUsd: 0.25,
      requestId: null,
    };
  }
}
