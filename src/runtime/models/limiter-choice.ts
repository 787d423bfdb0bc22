import type { Limits } from '../../scheduler/index.ts';

/** The limits of a group, provider or endpoint, and of some of its models. */
export interface NamedLimits {
  /** Null: the file names models only, the others have the usual limits. */
  readonly limits: Limits | null;
  readonly models: ReadonlyMap<string, Limits>;
}

/** A limits file: what it says for each name. */
export type LimitsTable = ReadonlyMap<string, NamedLimits>;

/** What a row is called in a limits file. */
export interface LimitedRow {
  /** The row's own group; null or undefined without one. */
  readonly group?: string | null | undefined;
  /** Its provider or endpoint. */
  readonly api: string;
  /** The model's id at that provider. */
  readonly model: string;
}

/** The limiter of a row: rows whose limiter has the same name share one. */
export interface LimiterChoice {
  readonly name: string;
  /** Null: the file says nothing; the limits of the command or the settings apply. */
  readonly limits: Limits | null;
}

/** Stands in no usual name: group "a-b" and model "b" of group "a" stay apart. */
const BETWEEN = ' · ';

/** The limiter of all lanes together. */
export const TOTAL_LIMITER = `total${BETWEEN}all lanes`;

/**
 * Chooses the limiter of a row as prompto does: group and model, else group; only a row without a group
 * has its api and model, else its api. A group never shares its api's limit.
 */
export function limiterFor(table: LimitsTable, { group, api, model }: LimitedRow): LimiterChoice {
  const name = group ?? api;
  const named = table.get(name);
  const own = named?.models.get(model);
  if (own) return { name: `${name}${BETWEEN}${model}`, limits: own };
  return { name, limits: named?.limits ?? null };
}

/** The entries of a limits file that no limiter was made from: what they name has no row. */
export function unusedLimits(table: LimitsTable, limiterNames: ReadonlySet<string>): string[] {
  return [...table].flatMap(([name, { limits, models }]) => {
    const parts = [...models.keys()].map((model) => `${name}${BETWEEN}${model}`);
    const unused = parts.filter((one) => !limiterNames.has(one));
    const none = unused.length === parts.length && !limiterNames.has(name);
    return none && limits !== null ? [name] : unused;
  });
}
