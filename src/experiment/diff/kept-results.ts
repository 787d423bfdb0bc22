import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import { textHash } from '../../core/text-hash.ts';
import { PagedNumbers } from '../../store/in-memory.ts';
import type { ResultRow } from '../exports/result-row.ts';
import { modelOfRow } from '../row/model-name.ts';
import { isAnswered } from './result-lines.ts';
import { scoreValues } from './score-values.ts';

/** What a result is compared by. */
export interface ResultFacts {
  /** The code of its error; null where it is answered. */
  readonly error: string | null;
  readonly model: string | null;
  /** Null where it is not known. */
  readonly costUsd: number | null;
  readonly scores: readonly (readonly [name: string, value: number])[];
  /** A hash of its response. */
  readonly response: { readonly first: number; readonly second: number };
}

/** Names of scores that are compared; further ones are left out. */
const MAX_SCORES = 64;
/** Names of models and of errors that are told apart. */
const MAX_WORDS = 65_534;
const OTHER = 'others';
/** The code of a row that was never asked. */
const NOT_ASKED = 'not_asked';

/** Takes out of a row what it is compared by. */
export function factsOf(row: ResultRow, idKey: string): ResultFacts {
  return {
    error: isAnswered(row) ? null : errorCode(row),
    model: modelOfRow(row.input),
    costUsd: numberOf(row.answer?.cost_usd),
    scores: scoreValues(row, idKey),
    response: textHash(JSON.stringify(row.response)),
  };
}

function errorCode({ answer }: ResultRow): string {
  if (answer === null) return NOT_ASKED;
  const error: JsonValue | undefined = answer.error;
  const code = isJsonObject(error) ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

/** What many results are compared by, in some 20 bytes each and 8 a score, by the number of their row. */
export class KeptResults {
  readonly #first = new PagedNumbers(Uint32Array);
  readonly #second = new PagedNumbers(Uint32Array);
  readonly #costs = new PagedNumbers(Float64Array, Number.NaN);
  readonly #errors = new WordColumn();
  readonly #models = new WordColumn();
  readonly #scores = new Map<string, PagedNumbers>();
  #leftOut = false;

  /** True when there are more names of scores than are kept. */
  get leavesScoresOut(): boolean {
    return this.#leftOut;
  }

  set(row: number, facts: ResultFacts): void {
    this.#first.set(row, facts.response.first);
    this.#second.set(row, facts.response.second);
    this.#errors.set(row, facts.error);
    this.#models.set(row, facts.model);
    if (facts.costUsd !== null) this.#costs.set(row, facts.costUsd);
    for (const [name, value] of facts.scores) this.#column(name)?.set(row, value);
  }

  get(row: number): Omit<ResultFacts, 'scores'> {
    const cost = this.#costs.get(row);
    return {
      error: this.#errors.get(row),
      model: this.#models.get(row),
      costUsd: Number.isNaN(cost) ? null : cost,
      response: { first: this.#first.get(row), second: this.#second.get(row) },
    };
  }

  /** A score of a row; null where it has none of that name. */
  score(row: number, name: string): number | null {
    const value = this.#scores.get(name)?.get(row) ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }

  #column(name: string): PagedNumbers | undefined {
    const column = this.#scores.get(name);
    if (column !== undefined) return column;
    if (this.#scores.size === MAX_SCORES) {
      this.#leftOut = true;
      return undefined;
    }
    const added = new PagedNumbers(Float64Array, Number.NaN);
    this.#scores.set(name, added);
    return added;
  }
}

/** A column of few different words. */
class WordColumn {
  readonly #numbers = new PagedNumbers(Uint16Array);
  readonly #words: (string | null)[] = [null];
  readonly #known = new Map<string, number>();

  set(row: number, word: string | null): void {
    if (word !== null) this.#numbers.set(row, this.#numberOf(word));
  }

  get(row: number): string | null {
    return this.#words[this.#numbers.get(row)]!;
  }

  #numberOf(word: string): number {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    if (this.#words.length >= MAX_WORDS && word !== OTHER) return this.#numberOf(OTHER);
    this.#known.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }
}
