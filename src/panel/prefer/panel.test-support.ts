import type { GenerateRequest, Generation, SimpleModel } from '../../core/model.ts';

/** A model that says what a test says. */
export class SayingModel implements SimpleModel {
  readonly reference: string;
  readonly severalChoices = false;
  readonly requests: GenerateRequest[] = [];
  readonly #say: (request: GenerateRequest, asked: number) => string;

  /** @param say its reply; what it throws is the error of the call. `asked` counts its calls from 1 */
  constructor(reference: string, say: (request: GenerateRequest, asked: number) => string) {
    this.reference = reference;
    this.#say = say;
  }

  async generate(request: GenerateRequest): Promise<Generation> {
    this.requests.push(request);
    return {
      texts: [this.#say(request, this.requests.length)],
      finishReason: 'stop',
      model: this.reference,
      usage: { input: 10, output: 5, cached: null, reasoning: null },
      costUsd: 0.25,
      requestId: null,
    };
  }
}

/** What stands in the request to a judge: its key, and the answers by their labels. */
export function shownIn({ messages }: GenerateRequest) {
  const text = String(messages.find(({ role }) => role === 'user')?.content);
  const key = /<prompt key="([0-9a-f]{16})">/.exec(text)?.[1] ?? '';
  const answers = [
    ...text.matchAll(/<answer label="([A-Z])" key="[^"]*">\n(.*?)\n<\/answer key/gs),
  ];
  return { text, key, answers: answers.map(([, label = '', answer = '']) => ({ label, answer })) };
}

/** Says a verdict as a judge does. */
export function verdictSaying(key: string, verdict: object): string {
  return `I have read all.\n<verdict key="${key}">${JSON.stringify(verdict)}</verdict>`;
}

/** A judge that likes an answer the better the earlier it stands in the alphabet; `undefined` for a request that is none. */
export function alphabetically(request: GenerateRequest): string | undefined {
  const { key, answers } = shownIn(request);
  if (key === '') return undefined;
  const sorted = answers.toSorted((a, b) => (a.answer < b.answer ? -1 : 1));
  const reasons = Object.fromEntries(
    sorted.map(({ label, answer }) => [label, `says ${answer.slice(0, 10)}`]),
  );
  return verdictSaying(key, { ranking: sorted.map(({ label }) => label), reasons });
}
