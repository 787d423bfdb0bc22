import type { Problem } from './row/problem.ts';

/** Problems of each severity that are kept word for word; further ones are only counted. */
const MAX_KEPT = 10_000;

/** The problems of an experiment. A file of a million bad lines does not fill the memory. */
export class ProblemList {
  readonly #kept: Problem[] = [];
  #errors = 0;
  #total = 0;

  get kept(): readonly Problem[] {
    return this.#kept;
  }

  /** All problems, also those that are not kept. */
  get total(): number {
    return this.#total;
  }

  /** Problems that stop a run. */
  get errors(): number {
    return this.#errors;
  }

  add(problem: Problem): void {
    this.#total++;
    if (problem.severity === 'error') this.#errors++;
    // However many warnings there are, the errors among them are seen.
    const alike = problem.severity === 'error' ? this.#errors : this.#total - this.#errors;
    if (alike <= MAX_KEPT) this.#kept.push(problem);
  }

  addAll(problems: readonly Problem[]): void {
    for (const problem of problems) this.add(problem);
  }
}
