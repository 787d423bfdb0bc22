import { momentsOf, studentBounds } from '../paired/unit-mean.ts';

/** A mean of prompts' means with its interval. */
export interface PromptInterval {
  /** Null without prompts. */
  readonly value: number | null;
  /** Student's t (95 %) over prompts; null, as is `high`, under ten prompts, or where all say the same. */
  readonly low: number | null;
  readonly high: number | null;
  readonly prompts: number;
}

/** Under so many prompts there is no interval over them. */
export const FEWEST_PROMPTS = 10;

/**
 * Averages values first within each prompt, then over prompts: prompts are what is independent, however many
 * judges and rounds they have. Values of one prompt have to come one after another.
 */
export class PromptMeans {
  readonly #means: number[] = [];
  #prompt = -1;
  #sum = 0;
  #count = 0;

  add(prompt: number, value: number): void {
    if (prompt !== this.#prompt) {
      this.#close();
      this.#prompt = prompt;
    }
    this.#sum += value;
    this.#count += 1;
  }

  /** What came together; nothing is added afterwards. */
  interval(): PromptInterval {
    this.#close();
    const prompts = this.#means.length;
    if (prompts === 0) return { value: null, low: null, high: null, prompts };
    const { mean, deviation } = momentsOf(Float64Array.from(this.#means));
    if (prompts < FEWEST_PROMPTS) return { value: mean, low: null, high: null, prompts };
    return { value: mean, ...studentBounds(mean, deviation, prompts), prompts };
  }

  #close(): void {
    if (this.#count > 0) this.#means.push(this.#sum / this.#count);
    this.#sum = 0;
    this.#count = 0;
  }
}

/** The averages of things that have numbers, made when they are first needed. */
export class NumberedMeans {
  readonly #means = new Map<number, PromptMeans>();

  add(number: number, prompt: number, value: number): void {
    this.#of(number).add(prompt, value);
  }

  interval(number: number): PromptInterval {
    return this.#of(number).interval();
  }

  /** The numbers that something was added to, ascending. */
  get numbers(): number[] {
    return [...this.#means.keys()].sort((a, b) => a - b);
  }

  #of(number: number): PromptMeans {
    let means = this.#means.get(number);
    if (means === undefined) {
      means = new PromptMeans();
      this.#means.set(number, means);
    }
    return means;
  }
}
