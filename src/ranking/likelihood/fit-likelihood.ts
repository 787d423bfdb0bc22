import { mention } from '../../core/option-mention.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { requireComparable } from '../input/comparable.ts';
import { addUpGames, type Games, type GamesOptions, type RowGames } from '../input/games.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { inverseInformation, type Maximum, maximise } from './newton.ts';
import type { Objective } from './objective.ts';
import type { OutcomeModel } from './outcome-model.ts';

/** A column that speaks for one side, already divided by its standard deviation. */
export interface Covariate {
  readonly name: string;
  readonly values: Float64Array;
  /** Standard deviation of the column as it was given. */
  readonly standardDeviation: number;
}

/** A fitted likelihood with all that intervals and diagnostics need. */
export interface LikelihoodFit {
  readonly objective: Objective;
  readonly maximum: Maximum;
  /** Inverse information; see `inverseInformation`. */
  readonly inverse: Float64Array;
  readonly gamesOptions: GamesOptions;
  /** Names of the coefficients after the items: `side` first if it is there, then the features. */
  readonly coefficients: readonly string[];
  readonly covariates: readonly Covariate[];
  readonly problems: readonly string[];
  /** False when a coefficient has run away: then no interval means anything. */
  readonly finite: boolean;
}

/** What is fitted, besides the outcome model. */
export interface LikelihoodInput {
  readonly table: ComparisonTable;
  /** One game for each pair that met. */
  readonly games: Games;
  readonly covariates?: readonly Covariate[] | undefined;
}

/** A coefficient beyond this many units of log odds has run away: the data separate it. */
const RUNAWAY = 15;
const MAX_ITEMS = 2500;

/**
 * Fits a model of the Bradley-Terry family by maximum likelihood.
 *
 * @throws TuttiError `not_comparable` without a prior when some strengths are not finite,
 * `too_many_items` above 2,500 items.
 */
export function fitLikelihood(
  input: LikelihoodInput,
  outcome: OutcomeModel,
  options: Pick<
    ResolvedOptions,
    'prior' | 'ridge' | 'side' | 'tolerance' | 'iterationLimit' | 'method'
  >,
  solve: typeof maximise = maximise,
): LikelihoodFit {
  const { table } = input;
  if (table.items.length > MAX_ITEMS) {
    throw new TuttiError(
      'too_many_items',
      `${options.method} compares at most ${MAX_ITEMS} items; there are ${table.items.length}.`,
      {
        hint: `Raise ${mention('minComparisons')}, or use counting, average-win-rate, elo or pagerank.`,
      },
    );
  }
  if (options.prior === 0) {
    requireComparable(table.items, input.games, outcome.tieWeight > 0);
  }
  const covariates = input.covariates ?? [];
  const gamesOptions = { side: options.side, covariates: covariates.map((one) => one.values) };
  const plain = !options.side && covariates.length === 0;
  const games = plain ? input.games : addUpGames(table, gamesOptions);
  const { prior, ridge, tolerance, iterationLimit } = options;
  const objective: Objective = { games, outcome, prior, ridge };
  const maximum = solve(objective, { tolerance, iterationLimit });
  const inverse = inverseInformation(objective, maximum.parameters);
  const coefficients = [...(options.side ? ['side'] : []), ...covariates.map((one) => one.name)];
  if (inverse === null) throw unidentified(coefficients);
  const problems = problemsOf(maximum, games.items, coefficients);
  const finite = coefficients.every((_, at) => !hasRunAway(maximum, games.items + at));
  return { objective, maximum, inverse, gamesOptions, coefficients, covariates, problems, finite };
}

/** Finds the game and outcome of every row, as the fit added them up. */
export function rowGamesOf(fit: LikelihoodFit, table: ComparisonTable): RowGames {
  const rowGames = { game: new Uint32Array(table.rows), outcome: new Uint8Array(table.rows) };
  addUpGames(table, fit.gamesOptions, rowGames);
  return rowGames;
}

function unidentified(coefficients: readonly string[]): TuttiError {
  const what = coefficients.length === 0 ? 'the strengths' : coefficients.join(', ');
  return new TuttiError('not_comparable', `The comparisons do not determine ${what}.`, {
    hint: `A feature may follow from the items or from other features: leave it out, or give ${mention('ridge')}.`,
  });
}

function hasRunAway(maximum: Maximum, parameter: number): boolean {
  return !(Math.abs(maximum.parameters[parameter]!) < RUNAWAY);
}

function problemsOf(maximum: Maximum, items: number, coefficients: readonly string[]): string[] {
  const problems: string[] = [];
  if (!maximum.converged) {
    problems.push(
      `The fit did not converge: residual ${maximum.residual.toExponential(1)} after ${maximum.iterations} iterations.`,
    );
  }
  coefficients.forEach((name, at) => {
    if (!hasRunAway(maximum, items + at)) return;
    problems.push(
      `${name} has no finite coefficient: it alone separates what wins from what loses, and there are no intervals. Leave it out${name === 'side' ? '' : ` or give ${mention('ridge')}`}.`,
    );
  });
  return problems;
}
