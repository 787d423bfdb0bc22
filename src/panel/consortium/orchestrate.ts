import type { GenerateRequest } from '../../core/model.ts';
import type { Ask, WorkflowContext } from '../../core/workflow.ts';
import type { Consortium } from './consortium.ts';
import { PartSums } from './part-sums.ts';
import { type PreparedConsortium, prepareConsortium } from './prepared-consortium.ts';
import type { ConsortiumResult, ConsortiumRound } from './result.ts';
import type { MemberEnd, RoundEnd } from './round.ts';
import { runRound } from './run-round.ts';

/** What a consortium is asked: a prompt, or a conversation with what else goes to its members. */
export type ConsortiumQuestion =
  | string
  | (Pick<GenerateRequest, 'messages'> & Partial<GenerateRequest>);

/**
 * Asks the members of a consortium within a workflow, and has one answer made of theirs.
 *
 * @returns how they came to it; `failed` without an answer where fewer than the quorum answered
 * @throws TuttiError `bad_usage` with all that is wrong with the consortium; LaneFailure where too few answer because
 *   models cannot be asked in this run (bad key, used-up quota), which leaves the row open
 *
 * @example
 * await using engine = openEngine();
 * const [a, b, judge] = await engine.openModels(['sim/quick', 'sim/careful', 'sim/quick']);
 * const team: Consortium = {
 *   name: 'team',
 *   members: [a!, b!].map((model) => ({ id: `${model.reference}#1`, model })),
 *   arbiters: [judge!],
 *   judging: 'synthesis',
 *   strategies: [],
 *   confidenceThreshold: 0.8,
 *   maxIterations: 3,
 *   minIterations: 1,
 *   memberTimeoutMs: 120_000,
 *   quorum: 2,
 *   all: false,
 *   seed: 0,
 * };
 * const questions = ['Why is the sky dark at night?'];
 * for await (const { result } of engine.runWorkflow(questions, (question, context) =>
 *   orchestrate(team, question, context),
 * )) {
 *   console.log(result?.status, result?.answer);
 * }
 */
export async function orchestrate(
  consortium: Consortium,
  question: ConsortiumQuestion,
  context: WorkflowContext,
): Promise<ConsortiumResult> {
  const prepared = await prepareConsortium(consortium);
  const asked =
    typeof question === 'string' ? { messages: [{ role: 'user', content: question }] } : question;
  const request: GenerateRequest = { parameters: {}, choices: 1, ...asked };
  const sums = new PartSums();
  const ask: Ask = async (...given) => {
    const answer = await context.ask(...given);
    sums.add(answer);
    return answer;
  };
  const watched: WorkflowContext = {
    ask,
    signal: context.signal,
    progress: context.progress,
    note: context.note,
  };
  const rounds: RoundEnd[] = [];
  do {
    const start = { number: rounds.length + 1, request, earlier: rounds };
    rounds.push(await runRound(prepared, start, watched));
  } while (await goesOn(prepared, rounds));
  return { ...resultOf(prepared, rounds), ...sums.totals };
}

/** Whether another round follows. */
async function goesOn(
  consortium: PreparedConsortium,
  rounds: readonly RoundEnd[],
): Promise<boolean> {
  const { maxIterations, minIterations, confidenceThreshold, prepared, decides } = consortium;
  const last = rounds.at(-1)!;
  if (rounds.length >= maxIterations || last.isBelowQuorum) return false;
  if (last.judgement !== null && !last.judgement.isRead) return false;
  if (rounds.length < minIterations) return true;
  for (const one of prepared) if (await one.prepared.wantsRound?.(rounds)) return true;
  // Votes that were cut short say nothing of how many would have agreed.
  if (decides) return false;
  if (last.judgement?.needsIteration) return true;
  return last.confidence !== null && last.confidence < confidenceThreshold;
}

function resultOf(
  { name, seed, quorum }: PreparedConsortium,
  rounds: readonly RoundEnd[],
): Omit<ConsortiumResult, 'costUsd' | 'durationMs'> {
  const best = bestOf(rounds);
  const ends = rounds
    .flatMap((round) => round.ends)
    .filter(({ status }) => status !== 'eliminated');
  const count = (status: MemberEnd['status']) => ends.filter((end) => end.status === status).length;
  const degraded = rounds.flatMap((round) =>
    sentencesOf(round, rounds.length, quorum, best.number),
  );
  const { answer, basis, confidence, confidenceSource, agreement, number: round } = best;
  return {
    ...{ name, degraded, answer, basis, confidence, confidenceSource, agreement, round, seed },
    status: answer === null ? 'failed' : degraded.length > 0 ? 'degraded' : 'complete',
    rounds: rounds.map(shownRound),
    asked: ends.length,
    answered: count('ok'),
    failed: count('error'),
    timedOut: count('timeout'),
  };
}

/** The round of the highest confidence, the later of equals; one without an answer is none. */
function bestOf(rounds: readonly RoundEnd[]): RoundEnd {
  const sure = ({ answer, confidence }: RoundEnd) => (answer === null ? -2 : (confidence ?? -1));
  return rounds.reduce((best, round) => (sure(round) >= sure(best) ? round : best));
}

function sentencesOf(
  { number, ends, isBelowQuorum, degraded }: RoundEnd,
  rounds: number,
  quorum: number,
  best: number,
): string[] {
  const answered = ends.filter(({ status }) => status === 'ok').length;
  const asked = ends.filter(({ status }) => status !== 'eliminated').length;
  const short = `${answered} of ${asked} members answered, and the quorum is ${quorum}`;
  const instead = number === best ? short : `${short}: the answer is that of round ${best}`;
  const sentences = isBelowQuorum ? [...degraded, instead] : degraded;
  return rounds === 1 ? [...sentences] : sentences.map((one) => `round ${number}: ${one}`);
}

function shownRound({ number, ends, confidence, judgement }: RoundEnd): ConsortiumRound {
  return {
    round: number,
    members: ends.map(({ id, status, response, extracted }) => ({
      id,
      status,
      response,
      extracted,
    })),
    arbiter: judgement?.arbiter ?? null,
    confidence,
    needsIteration: judgement?.needsIteration ?? null,
    refinementAreas: judgement?.refinementAreas ?? [],
    dissent: judgement?.dissent ?? null,
  };
}
