import { type Answer, type AnswerError, hasUnknownCost } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import {
  type PreferenceVerdict,
  preferModel,
  readPreference,
  type VerdictLine,
  verdictLines,
} from '../../panel/index.ts';
import { type ActionContext, NEVER, readConfiguration } from '../context/action-context.ts';
import { askEach } from '../models/ask-each.ts';
import { sourcesOf } from '../models/choose-models.ts';
import { choosePanel, type PanelRequest } from '../models/choose-panel.ts';
import { lanesOf, openPanelModels } from '../models/open-prefer.ts';
import { openTargets } from '../models/open-targets.ts';
import { messagesOf, RecordKeeper } from '../models/record-keeper.ts';
import type { GivenRunValues } from '../settings/run-options.ts';
import { isSet, runValues } from '../settings/settings.ts';
import type { AskListener } from './ask.ts';

/** Somebody is looking on, as in `ask`. */
const MAX_WAIT_MS = 60_000;

/** What is asked, and who ranks the answers. */
export interface PreferRequest
  extends PanelRequest,
    Pick<
      GivenRunValues,
      'timeoutMs' | 'attempts' | 'idleTimeoutMs' | 'maxWaitMs' | 'stream' | 'keepRaw'
    > {
  readonly prompt: string;
  readonly system?: string | undefined;
  /** For the models that answer, as they are; default none. */
  readonly parameters?: JsonObject | undefined;
  /** By what judges rank; default factuality and writing style. */
  readonly criteria?: string | undefined;
  /** Of orders and keys; default 0. */
  readonly seed?: number | undefined;
  /** False leaves the names of models in the answers that judges see; default true. */
  readonly mask?: boolean | undefined;
  /** When aborted, no call starts any more and those in flight end; default never. */
  readonly drain?: AbortSignal | undefined;
  /** Ends everything when aborted; default never. */
  readonly signal?: AbortSignal | undefined;
}

/** Hears how far a panel has come; what nobody wants to hear is left out. */
export interface PreferListener extends AskListener {
  /** Each verdict as it comes, with how many are to come in all. */
  onVerdict?(verdict: PreferenceVerdict, judges: number): void;
}

/** What came of a panel. */
export interface PreferOutcome {
  /** The models that were asked, in their order. */
  readonly models: readonly string[];
  readonly judges: readonly string[];
  readonly seed: number;
  /** Lines of verdicts, in the order of the judges; none where no judge was asked. */
  readonly verdicts: readonly VerdictLine[];
  /** Verdicts with why there is none, in the same order. */
  readonly details: readonly PreferenceVerdict[];
  /** True where every model has answered with a text that lacks nothing, and every judge has given a ranking. */
  readonly isComplete: boolean;
  /** Why there are no rankings; null where there are, or where it was stopped. */
  readonly error: AnswerError | null;
  /** US dollars of all calls; null where a price is unknown. */
  readonly costUsd: number | null;
}

/**
 * Asks several models the same, and has judges rank the answers without knowing whose they are.
 *
 * @throws TuttiError before anything is sent when there are too few models, or one cannot be asked
 */
export async function prefer(
  context: ActionContext,
  request: PreferRequest,
  listener: PreferListener,
): Promise<PreferOutcome> {
  const references = [...request.models, ...request.judges];
  const configuration = await readConfiguration(context, { references });
  const { settings, notices } = configuration;
  const panel = choosePanel(request, configuration);
  const { prompt, system, parameters = {}, seed = 0, criteria, mask } = request;
  const { attempts, timeoutMs, idleTimeoutMs, maxWaitMs, keepRaw } = runValues(settings, request);
  const resolved = [...new Set([...panel.models, ...panel.judges])];
  const targets = await openTargets(resolved, context.opener, configuration);
  const opened = await openPanelModels(panel, async (one) => targets[resolved.indexOf(one)]!.model);
  const models = panel.models.map(({ reference }) => reference);
  const judges = panel.judges.map(({ reference }) => reference);
  const asked = { prompt, system, parameters };
  const records = new RecordKeeper(models, asked, listener, () => 1);
  const { onDelta } = listener;
  const model = preferModel({
    ...{ ...opened, reference: 'prefer', criteria, seed, mask },
    onDelta: onDelta && ((index, text) => onDelta(index, 0, text)),
    onAnswer: (index, answer) => records.take(index, 0, answer),
    onVerdict: (verdict) => listener.onVerdict?.(verdict, judges.length),
  });
  let came: Answer | undefined;
  const { drain = NEVER, signal = NEVER, stream } = request;
  await askEach({
    ...context,
    targets: [{ model, lane: { name: 'prefer', limiters: [] }, parts: lanesOf(targets) }],
    question: { messages: messagesOf(asked), parameters, stream, keepRaw },
    ...{ idleTimeoutMs, samples: 1, attempts, timeoutMs, drain, signal },
    longestWaitMs: isSet('maxWaitMs', settings, request) ? maxWaitMs : MAX_WAIT_MS,
    onStart: () =>
      listener.onStart?.({ models, sources: sourcesOf(resolved), notices, status: null }),
    onAnswer: (_, __, answer) => {
      came = answer;
    },
  });
  records.end();
  return outcomeOf(came, { models, judges, seed, prompt });
}

/** @param answer the panel's; undefined where it was stopped */
function outcomeOf(
  answer: Answer | undefined,
  { prompt, ...asked }: Pick<PreferOutcome, 'models' | 'judges' | 'seed'> & { prompt: string },
): PreferOutcome {
  const preference = readPreference(answer?.details?.preference);
  const details = preference?.verdicts ?? [];
  return {
    ...asked,
    details,
    verdicts: verdictLines({ verdicts: details }, { prompt, round: 1 }),
    isComplete: answer?.error === null && preference?.status === 'complete',
    error: answer?.error ?? null,
    costUsd: answer === undefined || hasUnknownCost(answer) ? null : answer.costUsd,
  };
}
