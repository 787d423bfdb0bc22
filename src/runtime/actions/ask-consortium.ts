import type { AnswerError } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { AnswerFailure } from '../../core/workflow.ts';
import type { ConsortiumResult } from '../../panel/index.ts';
import { WorkflowRun } from '../../run/index.ts';
import { type ConsortiumRequest, givenConsortium } from '../consortiums/given-consortium.ts';
import { type HeardMember, HeardMembers } from '../consortiums/heard-members.ts';
import { resultFile, writeResult } from '../consortiums/result-file.ts';
import { type ActionContext, NEVER, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { chooseConsortium } from '../models/choose-consortium.ts';
import { type ModelSources, sourcesOf } from '../models/choose-models.ts';
import { openPanel } from '../models/open-targets.ts';
import type { GivenRunValues } from '../settings/run-options.ts';
import { isSet, runValues } from '../settings/settings.ts';

/** Somebody is looking on, as in `ask`. */
const MAX_WAIT_MS = 60_000;

/** What is asked, and of whom. */
export interface AskConsortiumRequest
  extends ConsortiumRequest,
    Pick<GivenRunValues, 'timeoutMs' | 'attempts' | 'idleTimeoutMs' | 'maxWaitMs' | 'stream'> {
  /** Null where there is none, which is told with all else that is wrong. */
  readonly prompt: string | null;
  /** For the members, under their own; default none. */
  readonly parameters?: JsonObject | undefined;
  /** Path of a file for the whole result, which replaces one that is there; default none. */
  readonly output?: string | undefined;
  /** When aborted, no part starts any more and those in flight end; default never. */
  readonly drain?: AbortSignal | undefined;
  /** Ends everything when aborted; default never. */
  readonly signal?: AbortSignal | undefined;
}

/** What is known before anything is sent. */
export interface ConsortiumStart {
  readonly name: string;
  /** The ids of its members. */
  readonly members: readonly string[];
  readonly sources: ModelSources;
  /** What is hardly meant, a sentence each. */
  readonly warnings: readonly string[];
  readonly notices: readonly Notice[];
}

/** Hears how far a consortium has come; what nobody wants to hear is left out. */
export interface ConsortiumListener {
  /** Once, before anything is sent. */
  onStart?(start: ConsortiumStart): void;
  /** One line such as `round 1: 2 of 3 answered`. */
  onProgress?(line: string): void;
}

/** How asking a consortium ended. */
export interface ConsortiumOutcome {
  /** Null where it was stopped, or could not be asked. */
  readonly result: ConsortiumResult | null;
  /** What was heard until then, in the form of a result that has failed; null where there is a result. */
  readonly unanswered: ConsortiumResult | null;
  /** Why it could not; null where it has a result, or was stopped. */
  readonly error: Pick<AnswerError, 'code' | 'message' | 'hint'> | null;
  /** The file that was written; left out where none was. */
  readonly written?: { readonly file: string; readonly replaced: boolean };
  /** Answers of members, in the order in which they came: they are paid for, be there a result or not. */
  readonly heard: readonly HeardMember[];
  /** US dollars of all calls whose price is known. */
  readonly costUsd: number;
  /** Answered calls whose price is not known. */
  readonly unknownCosts: number;
}

/**
 * Asks a consortium, and makes one answer of its members'.
 *
 * @throws TuttiError `bad_usage` before anything is sent, with everything that is wrong
 */
export async function askConsortium(
  context: ActionContext,
  request: AskConsortiumRequest,
  listener: ConsortiumListener,
): Promise<ConsortiumOutcome> {
  const configuration = await readConfiguration(context);
  const { settings, notices } = configuration;
  const { workingFolder } = context;
  const found = await givenConsortium(request, configuration.consortiums, context);
  const { prompt } = request;
  const file =
    request.output === undefined ? null : await resultFile(request.output, workingFolder);
  const further = [...missingPrompt(prompt), ...(typeof file === 'string' ? [file] : [])];
  const resolved = chooseConsortium(found, configuration, further);
  const { consortium, lanes } = await openPanel(resolved, context.opener, configuration);
  const { attempts, timeoutMs, idleTimeoutMs, maxWaitMs } = runValues(settings, request);
  const { drain = NEVER, signal = NEVER, parameters = {}, stream } = request;
  const members = consortium.members.map(({ id }) => id);
  const { warnings } = resolved.found;
  listener.onStart?.({
    ...{ name: consortium.name, members, warnings, notices },
    sources: sourcesOf([resolved]),
  });
  const messages: Message[] = [{ role: 'user', content: prompt! }];
  const question = { messages, parameters, choices: 1, ...(stream !== undefined && { stream }) };
  const heard = new HeardMembers(consortium);
  const tell = (line: string) => listener.onProgress?.(line);
  const startMs = context.clock.monotonicMs();
  let lost: AnswerError | undefined;
  const { orchestrate } = await import('../../panel/index.ts');
  const run = new WorkflowRun(
    [question],
    async (row, workflow) => {
      try {
        return await orchestrate(consortium, row, heard.listening(workflow, tell));
      } catch (error) {
        if (error instanceof AnswerFailure) lost = error.error;
        throw error;
      }
    },
    {
      ...{ clock: context.clock, random: context.random, session: context.session },
      ...{ attempts, timeoutMs, idleTimeoutMs, drain, signal },
      maxWaitMs: isSet('maxWaitMs', settings, request) ? maxWaitMs : MAX_WAIT_MS,
      lane: (model) => lanes.get(model),
    },
  );
  const ended = await endOf(run);
  const { costUsd, unknownCosts } = heard;
  // What is thrown of a row that is left says less.
  const error = ended.error && (lost ?? ended.error);
  const why = error?.message ?? 'stopped before it had an answer';
  const unanswered =
    ended.result === null ? heard.unanswered(why, context.clock.monotonicMs() - startMs) : null;
  const outcome = { ...ended, error, unanswered, heard: heard.members, costUsd, unknownCosts };
  if (file === null || typeof file === 'string' || ended.result === null) return outcome;
  await writeResult(file, ended.result);
  return { ...outcome, written: { file: request.output!, replaced: file.isThere } };
}

/** What is wrong with a prompt, besides all else that may be. */
export function missingPrompt(prompt: string | null): readonly string[] {
  return prompt === null ? ['There is no prompt: give it in quotes.'] : [];
}

async function endOf(
  run: AsyncIterable<{
    readonly result: ConsortiumResult | null;
    readonly error: AnswerError | null;
  }>,
): Promise<Pick<ConsortiumOutcome, 'result' | 'error'>> {
  try {
    for await (const { result, error } of run) return { result, error };
  } catch (error) {
    // A lane that ended is told as `ask` tells it: as what came of it.
    if (!(error instanceof TuttiError)) throw error;
    const { code, message, hint = null } = error;
    return { result: null, error: { code: code as AnswerError['code'], message, hint } };
  }
  return { result: null, error: null };
}
