import { isJsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { SCORE_ERRORS } from '../../experiment/scores/index.ts';
import type { AddedKeys } from '../../store/index.ts';

/** Why rows have no score of one key. */
interface Reasons {
  /** Rows that have no answer. */
  failed: number;
  /** Rows whose scorer has failed. */
  errors: number;
  /** What the first of these errors says. */
  firstError: string;
  /** Rows of which the scorer says nothing. */
  silent: number;
}

/** A value of a record that is none, also of each of its samples. */
const NOTHING = /^(?:null|\[(?:null(?:,null)*)?\])$/;

/** Counts why records that are scored get no score. */
export class MissingScores {
  readonly #reasons: ReadonlyMap<string, Reasons>;

  /** @param keys of the scores */
  constructor(keys: readonly string[]) {
    const none = () => ({ failed: 0, errors: 0, firstError: '', silent: 0 });
    this.#reasons = new Map(keys.map((key) => [key, none()]));
  }

  /** Takes the keys of a record into account; a failed one gets none. */
  add(added: AddedKeys): void {
    for (const [key, reasons] of this.#reasons) {
      const value = added.get(key);
      if (value === undefined) reasons.failed++;
      else if (NOTHING.test(value)) note(reasons, errorOf(added, key));
    }
  }

  /** Why there are scores missing, a sentence for each key of which some are. */
  sentences(): string[] {
    return [...this.#reasons].flatMap(([key, { failed, errors, firstError, silent }]) => {
      const parts = [
        ...(failed > 0 ? [`${failed} failed`] : []),
        ...(errors > 0 ? [`${errors} could not be scored (the first: ${firstError})`] : []),
        ...(silent > 0 ? [`${silent} with nothing to score or to compare with`] : []),
      ];
      return parts.length === 0
        ? []
        : [`${plainLine(key, 60)}, rows without a score: ${parts.join(', ')}`];
    });
  }
}

function note(reasons: Reasons, error: string | undefined): void {
  if (error === undefined) reasons.silent++;
  else if (++reasons.errors === 1) reasons.firstError = plainLine(error, 200);
}

function errorOf(added: AddedKeys, key: string): string | undefined {
  const errors: unknown = JSON.parse(added.get(SCORE_ERRORS) ?? '{}');
  const error = isJsonObject(errors) && Object.hasOwn(errors, key) ? errors[key] : undefined;
  return typeof error === 'string' ? error : undefined;
}
