import type { AnswerChoice } from '../core/answer-details.ts';
import { ChoiceGatherer, isMoreThanText } from './choice-parts.ts';
import type { ReadEvent } from './provider.ts';

/** No API gives more; a larger number would only make a hole in the list of texts. */
const MAX_CHOICES = 1024;

/** Gathers the choices of a streamed answer. */
export class StreamedChoices {
  readonly #onText: (text: string) => void;
  readonly #texts: string[] = [];
  readonly #gatherers: (ChoiceGatherer | undefined)[] = [];
  #whole: readonly AnswerChoice[] = [];

  /** @param onText receives the text of the first choice, piece by piece */
  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  /** How many choices have begun. */
  get count(): number {
    return this.#texts.length;
  }

  /** The text of the first choice so far. */
  get firstText(): string {
    return this.#texts[0] ?? '';
  }

  /** Adds what an event brings. Whole texts and choices count where no piece of them came. */
  add({ deltas = [], texts = [], choices }: ReadEvent): void {
    for (const { choice, text, parts } of deltas) {
      if (choice >= MAX_CHOICES) continue;
      if (parts !== undefined) this.#gathererOf(choice).add(parts);
      if (text === '' && this.#texts[choice] !== undefined) continue;
      this.#texts[choice] = (this.#texts[choice] ?? '') + text;
      if (choice === 0 && text !== '') this.#onText(text);
    }
    for (const [choice, text] of texts.entries()) {
      if (this.#texts[choice]) continue;
      this.#texts[choice] = text;
      if (choice === 0 && text !== '') this.#onText(text);
    }
    if (choices !== undefined) this.#whole = choices;
  }

  /** @param word the vendor's own word for why the first choice ended */
  end(
    word: string | null,
    finishReason: string | null,
  ): { texts: readonly string[]; choices?: readonly AnswerChoice[] } {
    const texts = Array.from(this.#texts, (text) => text ?? '');
    const isPlain = this.#gatherers.length === 0 && this.#whole.length === 0;
    if (isPlain && texts.length <= 1) return { texts };
    const choices = texts.map((_, number) => this.#choiceOf(number, word, finishReason));
    return choices.length > 1 || choices.some(isMoreThanText) ? { texts, choices } : { texts };
  }

  #choiceOf(number: number, finishWord: string | null, finishReason: string | null): AnswerChoice {
    const gatherer = this.#gatherers[number];
    const whole = this.#whole[number];
    if (gatherer === undefined && whole !== undefined) return whole;
    const complete = gatherer ?? new ChoiceGatherer();
    if (number === 0) complete.add({ finishReason, finishWord });
    return complete.choice;
  }

  #gathererOf(choice: number): ChoiceGatherer {
    const known = this.#gatherers[choice];
    if (known !== undefined) return known;
    const gatherer = new ChoiceGatherer();
    this.#gatherers[choice] = gatherer;
    return gatherer;
  }
}
