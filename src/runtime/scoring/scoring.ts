import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { Aggregates } from '../../experiment/index.ts';
import {
  SCORE_ERRORS,
  type ScorerSource,
  ScoreThread,
  scoreRecords,
} from '../../experiment/scores/index.ts';
import { SummaryCollector } from '../../experiment/summary/index.ts';
import { SCORERS } from '../../scorers/index.ts';
import type { RecordKeys } from '../../store/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { MissingScores } from './missing-scores.ts';
import type { ScoreOptions, Threshold } from './score-options.ts';
import { scorerSources } from './scorer-sources.ts';

/** Whether a mean has reached its threshold. */
export interface ThresholdCheck {
  readonly key: string;
  /** Null where no model has a mean of the key. */
  readonly model: string | null;
  readonly mean: number | null;
  readonly atLeast: number;
  readonly isMet: boolean;
}

/** What the scores of a run, or of a file, tell. */
export interface ScoreOutcome {
  readonly aggregates: Aggregates;
  /** One for each threshold and model; left out without thresholds. */
  readonly thresholds?: readonly ThresholdCheck[];
  /** What should be known of them, in sentences. */
  readonly scoreNotes: readonly string[];
}

/**
 * Makes ready to score, as far as that is asked for.
 *
 * @returns null where no scorer is named
 * @throws TuttiError `bad_usage` with everything that is wrong with the scorers
 */
export async function openScoring(
  options: ScoreOptions,
  context: Pick<ActionContext, 'workingFolder' | 'clock' | 'onScorerOutput'>,
): Promise<Scoring | null> {
  const { sources, problems } = await scorerSources(options, context.workingFolder);
  const scoring = new Scoring({ ...options, sources, context });
  const found = sources.length === 0 ? null : await scoring.check();
  const all = [...problems, ...(found === null ? [] : [found.message])];
  if (all.length > 0) throw new TuttiError('bad_usage', all.join('\n'), { hint: found?.hint });
  return sources.length === 0 ? null : scoring;
}

interface ScoringOptions extends ScoreOptions {
  readonly sources: readonly ScorerSource[];
  readonly context: Pick<ActionContext, 'workingFolder' | 'clock' | 'onScorerOutput'>;
}

/** Scorers that work, for records that are given once. */
export class Scoring {
  readonly #options: ScoringOptions;

  constructor(options: ScoringOptions) {
    this.#options = options;
  }

  /** The keys that records get. */
  get keys(): readonly string[] {
    return [...this.#options.sources.map(({ key }) => key), SCORE_ERRORS];
  }

  /** Prepares the scorers once. @returns what is wrong with them */
  async check(): Promise<TuttiError | null> {
    try {
      await (await this.#open()).close();
      return null;
    } catch (error) {
      if (error instanceof TuttiError && error.code === 'bad_usage') return error;
      throw error;
    }
  }

  /** Begins with the first record. @param signal ends it at once, with an error; default never */
  begin(signal?: AbortSignal): BegunScoring {
    return new BegunScoring(this.#options, () => this.#open(signal));
  }

  #open(signal?: AbortSignal): Promise<ScoreThread> {
    const { sources, context } = this.#options;
    const { workingFolder: folder, clock, onScorerOutput: onOutput } = context;
    return ScoreThread.open({ sources, folder, clock, onOutput, ...(signal && { signal }) });
  }
}

/** Scores of all records of a run or a file. */
export class BegunScoring implements AsyncDisposable {
  /** What gives records their scores. */
  readonly recordKeys: RecordKeys;
  readonly #options: ScoringOptions;
  readonly #collector = new SummaryCollector();
  readonly #missing: MissingScores;
  #thread: Promise<ScoreThread> | undefined;

  /** @param open prepares the scorers */
  constructor(options: ScoringOptions, open: () => Promise<ScoreThread>) {
    this.#options = options;
    const keys = options.sources.map(({ key }) => key);
    this.#missing = new MissingScores(keys);
    const scores = scoreRecords({
      keys,
      thread: () => {
        this.#thread ??= open();
        return this.#thread;
      },
      collector: this.#collector,
      unit: options.unit,
    });
    this.recordKeys = {
      names: scores.names,
      of: async (records, earlier) => {
        const added = await scores.of(records, earlier);
        for (const one of added) this.#missing.add(one);
        return added;
      },
    };
  }

  /** True once a record was given. */
  get hasBegun(): boolean {
    return this.#thread !== undefined;
  }

  /** What the records that were given tell. */
  async outcome(): Promise<ScoreOutcome> {
    const { sources, thresholds = [], compare = [] } = this.#options;
    const aggregates = this.#collector.aggregates({ compare, corpus: await corpusScores(sources) });
    const checks = thresholds.flatMap((threshold) => checkThreshold(threshold, aggregates));
    return {
      aggregates,
      ...(checks.length > 0 && { thresholds: checks }),
      scoreNotes: [
        ...this.#missing.sentences(),
        ...unknownModels(compare.flat(), this.#collector.models),
      ],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const thread = await this.#thread?.catch(() => undefined);
    await thread?.close();
  }
}

async function corpusScores(sources: readonly ScorerSource[]) {
  const scores = new Map<string, (sums: readonly number[]) => number>();
  for (const { key, name } of sources) {
    const { corpus } = (name === null ? undefined : await SCORERS[name]?.load())?.scorer ?? {};
    if (corpus !== undefined) scores.set(key, corpus.ofAll);
  }
  return scores;
}

function checkThreshold(
  { key, mean: atLeast }: Threshold,
  { scores }: Aggregates,
): readonly ThresholdCheck[] {
  const own = scores.filter((score) => score.key === key && score.group === null);
  if (own.length === 0) return [{ key, model: null, mean: null, atLeast, isMet: false }];
  return own.map(({ model, mean }) => {
    const isMet = mean !== null && mean >= atLeast;
    return { key, model, mean, atLeast, isMet };
  });
}

function unknownModels(compared: readonly string[], models: readonly string[]): string[] {
  const unknown = [...new Set(compared)].filter((model) => !models.includes(model));
  return unknown.map(
    (model) =>
      `--compare: no row is of ${plainLine(model)}; there is ${models.map((one) => plainLine(one)).join(', ')}`,
  );
}
