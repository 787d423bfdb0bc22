import { hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type PlacedRow, readResults } from '../exports/read-results.ts';
import { type Aggregates, recordKey } from '../summary/aggregates.ts';
import { ErrorGroups } from './error-groups.ts';
import { fitTexts } from './fit-texts.ts';
import { joinPrompts } from './join-prompts.ts';
import { KindSample } from './kind-sample.ts';
import { ModelTally } from './model-tally.ts';
import { PromptSample } from './prompt-sample.ts';
import { type RowFigures, rowFigures } from './row-figures.ts';
import type { RunFacts } from './run-facts.ts';
import type { ModelFigures, RunReport } from './run-report.ts';
import { type KeptRow, keepRow } from './shown-row.ts';
import { shownScores } from './shown-scores.ts';

/** Of what a report is made. */
export interface ReportSources {
  readonly name: string;
  /** Path of a file of results, of any form, or its bytes. */
  readonly results: string | Readable;
  readonly run: RunFacts | null;
  /** What `summary.json` says of it; null for a file that has none. */
  readonly scores: Aggregates | null;
  /** Most rows of which texts are shown, and most failed ones besides; default 1,000. */
  readonly rows?: number | undefined;
}

const DEFAULT_ROWS = 1000;
const MOST_MODELS = 100;
const MOST_TEXT_BYTES = 16 * 1024 * 1024;
/** Later times have no date. */
const LAST_DAY_MS = 8.64e15;
const OTHER_MODELS = '(other models)';

/**
 * Reads results once and gathers what a report tells of them. Memory does not grow with their number.
 *
 * @throws TuttiError `bad_input` with the places of lines that are no rows; `file_missing`, …
 */
export async function collectReport(sources: ReportSources): Promise<RunReport> {
  const gathering = new Gathering(sources);
  for await (const batch of readResults(sources.results)) {
    for (const row of batch) gathering.add(row);
  }
  return gathering.report();
}

class Gathering {
  readonly #sources: ReportSources;
  readonly #scores: Aggregates | null;
  readonly #scoreKeys: readonly string[];
  readonly #total = new ModelTally();
  readonly #models = new Map<string, ModelTally>();
  readonly #errors = new ErrorGroups();
  readonly #chosen: PromptSample<KeptRow>;
  readonly #failed: KindSample<KeptRow>;
  #firstAskedAt: string | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(sources: ReportSources) {
    const { rows = DEFAULT_ROWS, scores } = sources;
    this.#sources = sources;
    this.#scores = scores && shownScores(scores);
    this.#scoreKeys = [...new Set(this.#scores?.scores.map(({ key }) => recordKey(key)))];
    this.#chosen = new PromptSample(rows);
    this.#failed = new KindSample(rows);
  }

  add(placed: PlacedRow): void {
    const figures = rowFigures(placed.row);
    const { model, status, error } = figures;
    this.#total.add(figures);
    this.#tallyOf(model).add(figures);
    this.#noteTime(figures);
    if (error !== null) this.#errors.add(model, error, placed.line);
    const promptHash = hash('sha256', JSON.stringify(placed.row.input.prompt ?? null));
    const scoreKeys = this.#scoreKeys;
    const keep = () => keepRow(placed, { hash: promptHash, figures, scoreKeys });
    this.#chosen.add(promptHash, keep);
    if (status === 'failed') this.#failed.add(JSON.stringify([model, error?.code]), keep);
  }

  report(): RunReport {
    const { name, run } = this.#sources;
    const joined = joinPrompts(this.#chosen.prompts, this.#failed.rows());
    const { prompts, cutTexts } = fitTexts(joined, MOST_TEXT_BYTES);
    const rows = prompts.flatMap((prompt) => prompt.rows);
    const failed = rows.filter(({ status }) => status === 'failed').length;
    const models = [...this.#models].map(([model, tally]): ModelFigures => tally.figures(model));
    return {
      ...{ name, run, models, scores: this.#scores },
      total: this.#total.figures('all'),
      firstAskedAt: this.#firstAskedAt,
      lastAnsweredAt:
        Math.abs(this.#lastMs) < LAST_DAY_MS ? new Date(this.#lastMs).toISOString() : null,
      errors: this.#errors.groups(),
      otherErrors: this.#errors.others,
      shown: { prompts, rows: rows.length, failed, cutTexts },
    };
  }

  #tallyOf(model: string): ModelTally {
    const isKnown = this.#models.has(model) || this.#models.size < MOST_MODELS;
    const name = isKnown ? model : OTHER_MODELS;
    const tally = this.#models.get(name) ?? new ModelTally();
    this.#models.set(name, tally);
    return tally;
  }

  #noteTime({ startedAt, latencyMs }: RowFigures): void {
    const startMs = startedAt === null ? Number.NaN : Date.parse(startedAt);
    if (Number.isNaN(startMs)) return;
    if (this.#firstAskedAt === null || startedAt! < this.#firstAskedAt) {
      this.#firstAskedAt = startedAt;
    }
    this.#lastMs = Math.max(this.#lastMs, startMs + (latencyMs ?? 0));
  }
}
