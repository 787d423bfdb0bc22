import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { JsonObject } from '../core/json.ts';
import { type ChoiceOptions, prepareRunOf } from './choose-run.ts';
import { type FirstPass, readExperiment } from './first-pass.ts';
import { fillingFacts, type RowFilling } from './forms/fill-row.ts';
import type { RequestTarget } from './forms/request-line.ts';
import { howRead, limitOf } from './how-read.ts';
import type { FindTarget, LaneTarget } from './lane-plan.ts';
import type { FinishedRun, PreparedRun } from './prepared-run.ts';
import { refuseMistakes } from './refuse-mistakes.ts';
import { whatIsSent } from './what-is-sent.ts';

/** What a run of an experiment is made from. */
export interface PrepareOptions extends ChoiceOptions {
  /** Path of the experiment, or a stream. */
  readonly input: string | Readable;
  /** What the input is called in messages: its path, or `standard input`. */
  readonly label: string;
  readonly findTarget: FindTarget;
  /** Where these are, as `run.json` keeps it; default: it does not. */
  readonly mediaFolder?: string | undefined;
  /** What rows are filled with; default nothing. */
  readonly filling?: RowFilling | undefined;
  /** Only the first so many rows; default all, of a run that was named those that it had. */
  readonly limit?: number | undefined;
  /** Columns of a table whose cells are JSON where they are wholly JSON; default none. */
  readonly typed?: readonly string[] | undefined;
  /** Whom the lines are for, where they are requests and no rows. */
  readonly requests?: RequestTarget | undefined;
  /** Leaves malformed lines out instead of refusing the run. */
  readonly skipInvalid: boolean;
  /** Further facts for `run.json`, such as versions. No secrets. */
  readonly facts: JsonObject;
}

/**
 * Reads the experiment and finds the run that it belongs to: an equal one of the same path that is not finished goes
 * on, whatever was run since, else a new one begins.
 *
 * @throws TuttiError `bad_input` or `unknown_model` with every mistake; `run_changed` when an
 * unfinished run has another input or other settings; `run_locked` when another process has it; `unsafe_folder` when it
 * is not safe to write there; `newer_format` for one of a later version.
 */
export function prepareRun(given: PrepareOptions): Promise<PreparedRun | FinishedRun> {
  const options = asItWasRead(given);
  return prepareRunOf(options, {
    read: async (tee) => {
      const pass = await readExperiment({ ...options, tee });
      refuseMistakes(pass, options);
      return pass;
    },
    factsOf: (pass, inputSha256) => factsOf(options, pass, inputSha256),
  });
}

/** A run that was named has the rows that it had: what was left out when it was begun is left out now. */
function asItWasRead(options: PrepareOptions): PrepareOptions {
  if (options.only === undefined) return options;
  const { limit = limitOf(options.only.state) ?? undefined } = options;
  return { ...options, limit, skipInvalid: true };
}

/** What `run.json` says of a run, besides what is its own. */
function factsOf(options: PrepareOptions, pass: FirstPass, inputSha256: string) {
  const settings = whatIsSent(pass);
  const filled = fillingFacts(options.filling ?? {});
  return {
    ...options.facts,
    limits: limitsInForce(pass.lanes),
    input_path: options.place.inputPath,
    ...(pass.media.digest !== null &&
      options.mediaFolder !== undefined && { media_folder: options.mediaFolder }),
    input_sha256: inputSha256,
    settings_sha256: sha256(JSON.stringify(settings)),
    settings,
    reading: howRead(pass, options.limit),
    ...(filled !== undefined && { filled }),
  };
}

/** Each limiter's limits, by the names that a limits file has for them. */
export function limitsInForce(lanes: readonly Pick<LaneTarget, 'limiters'>[]): JsonObject {
  const limiters = lanes.flatMap((lane) => lane.limiters);
  return Object.fromEntries(
    limiters.map(({ name, limits }) => [
      name,
      {
        ...(limits.requestsPerMinute !== undefined && { rpm: limits.requestsPerMinute }),
        ...(limits.tokensPerMinute !== undefined && { tpm: limits.tokensPerMinute }),
        ...(limits.concurrency !== undefined && { concurrency: limits.concurrency }),
      },
    ]),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
