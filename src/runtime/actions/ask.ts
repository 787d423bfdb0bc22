import type { LaneStatus } from '../../ask/index.ts';
import type { JsonObject } from '../../core/json.ts';
import { type ActionContext, NEVER, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { askEach } from '../models/ask-each.ts';
import { chooseModels, type ModelSources, sourcesOf } from '../models/choose-models.ts';
import { openTargets } from '../models/open-targets.ts';
import { messagesOf, RecordKeeper, type RecordListener } from '../models/record-keeper.ts';
import type { GivenRunValues } from '../settings/run-options.ts';
import { isSet, runValues } from '../settings/settings.ts';

/** Somebody is looking on: a model that would make them wait longer than this has failed, unless told otherwise. */
const MAX_WAIT_MS = 60_000;

/** What is asked. */
export interface AskRequest
  extends Pick<
    GivenRunValues,
    'timeoutMs' | 'attempts' | 'idleTimeoutMs' | 'maxWaitMs' | 'stream' | 'keepRaw'
  > {
  /** References as given; empty: the default models of the settings. */
  readonly models: readonly string[];
  readonly prompt: string;
  readonly system?: string | undefined;
  /** Given to the provider as they are; default none. */
  readonly parameters?: JsonObject | undefined;
  /** Answers of each model, at least 1; default 1. */
  readonly samples?: number | undefined;
  /** Ends everything when aborted; default never. */
  readonly signal?: AbortSignal | undefined;
}

/** What is known before anything is sent. */
export interface AskStart {
  /** References of the models, in the order of their numbers. */
  readonly models: readonly string[];
  readonly sources: ModelSources;
  readonly notices: readonly Notice[];
  /** Tells what each model waits for; null when that is not known. */
  readonly status: (() => readonly LaneStatus[]) | null;
}

/** Hears what models answer; what nobody wants to hear is left out. */
export interface AskListener extends RecordListener {
  /** Once, before anything is sent. */
  onStart?(start: AskStart): void;
  /** Left out where nothing is streamed. */
  onDelta?: ((model: number, sample: number, text: string) => void) | undefined;
  /** How far a model made of others has come, as one line. */
  onProgress?(model: number, sample: number, line: string): void;
}

/**
 * Asks several models the same prompt at the same time.
 *
 * @throws TuttiError before anything is sent when there is no model or one cannot be asked.
 */
export async function ask(
  context: ActionContext,
  request: AskRequest,
  listener: AskListener,
): Promise<void> {
  const configuration = await readConfiguration(context, { references: request.models });
  const { settings, notices } = configuration;
  const models = chooseModels(request.models, configuration);
  const { attempts, timeoutMs, idleTimeoutMs, maxWaitMs, keepRaw } = runValues(settings, request);
  const targets = await openTargets(models, context.opener, configuration);
  const { prompt, system, parameters = {}, samples = 1, signal = NEVER } = request;
  const asked = { prompt, system, parameters };
  const references = models.map(({ reference }) => reference);
  const records = new RecordKeeper(references, asked, listener, (index) =>
    targets[index]!.model.severalChoices ? 1 : samples,
  );
  const sources = sourcesOf(models);
  await askEach({
    ...context,
    targets,
    question: {
      messages: messagesOf(asked),
      parameters,
      stream: request.stream,
      keepRaw,
    },
    idleTimeoutMs,
    samples,
    attempts,
    timeoutMs,
    longestWaitMs: isSet('maxWaitMs', settings, request) ? maxWaitMs : MAX_WAIT_MS,
    signal,
    onStart: (status) => listener.onStart?.({ models: references, sources, notices, status }),
    ...(listener.onDelta && { onDelta: listener.onDelta }),
    onProgress: (index, sample, line) => listener.onProgress?.(index, sample, line),
    onAnswer: (index, sample, answer) => records.take(index, sample, answer),
  });
  records.end();
}
