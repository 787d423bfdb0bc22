import { behindThinking } from '../../core/behind-thinking.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { textHash } from '../../core/text-hash.ts';
import { type Ask, LaneFailure, type WorkflowContext } from '../../core/workflow.ts';
import { answerExtractor } from '../../scorers/extraction/answer-extractor.ts';
import { askArbiters } from './arbiter/ask-arbiters.ts';
import { askMembers } from './ask-members.ts';
import { mostCentral } from './central-answer.ts';
import type { Judging } from './consortium.ts';
import { textOfMessage } from './conversation.ts';
import type { PreparedConsortium } from './prepared-consortium.ts';
import { answersOf, type MemberEnd, type RoundEnd, type RoundStart } from './round.ts';
import type { RoundAnswer, Selection } from './strategies/strategy.ts';

/** What the answer of a round is made of. */
interface Round {
  readonly consortium: PreparedConsortium;
  readonly start: RoundStart;
  /** Its calls are named within the round. */
  readonly ask: Ask;
  readonly progress: (line: string) => void;
}

/** The part of a round's end that says what its answer is. */
type Outcome = Pick<
  RoundEnd,
  | 'answer'
  | 'basis'
  | 'by'
  | 'confidence'
  | 'confidenceSource'
  | 'judgement'
  | 'ranking'
  | 'degraded'
>;

/**
 * Runs a round: the members, the strategies in their order, then the arbiter.
 *
 * @throws LaneFailure where too few answer because models cannot be asked in this run
 */
export async function runRound(
  consortium: PreparedConsortium,
  start: RoundStart,
  context: WorkflowContext,
): Promise<RoundEnd> {
  const ask: Ask = (name, ...given) => context.ask(`round/${start.number}/${name}`, ...given);
  const round: Round = { consortium, start, ask, progress: (line) => context.progress(line) };
  const taking = await takingPart(consortium, start.earlier);
  const ends = await askMembers(consortium, start, taking, round);
  const missing = missingOf(ends);
  const answers = answersOf(
    ends,
    consortium.voters.map(({ weight }) => weight),
  );
  const common = { number: start.number, members: taking };
  if (answers.length < quorumOf(consortium, taking.length)) {
    refuseEndedLanes(round, ends, answers.length, taking.length);
    return {
      ...common,
      ...NOTHING,
      ends: await extractedEnds(consortium, ends),
      degraded: missing,
    };
  }
  const selection = await select(round, answers, taking);
  const outcome = await outcomeOf(round, selection);
  return {
    ...common,
    ...outcome,
    isBelowQuorum: false,
    ends: await extractedEnds(consortium, ends),
    agreement: selection.agreement ?? null,
    degraded: [...missing, ...(selection.degraded ?? []), ...outcome.degraded],
  };
}

const NOTHING = {
  isBelowQuorum: true,
  answer: null,
  basis: 'member',
  by: null,
  confidence: null,
  confidenceSource: null,
  judgement: null,
  ranking: null,
  agreement: null,
} as const;

async function takingPart(
  { members, prepared }: PreparedConsortium,
  earlier: readonly RoundEnd[],
): Promise<readonly number[]> {
  let taking = earlier.at(-1)?.members ?? [...members.keys()];
  for (const { prepared: one } of prepared) {
    taking = (await one.members?.(taking, earlier)) ?? taking;
  }
  return taking;
}

/** Of fewer members than there are, more than half is enough. */
function quorumOf({ quorum, members }: PreparedConsortium, taking: number): number {
  return taking === members.length ? quorum : Math.min(quorum, Math.floor(taking / 2) + 1);
}

/** What ends a lane is no answer: where it alone misses the quorum, the row stays open, unless an earlier round counts. */
function refuseEndedLanes(
  { consortium, start }: Round,
  ends: readonly MemberEnd[],
  answered: number,
  taking: number,
): void {
  const ended = ends.flatMap(({ laneEnded }) => laneEnded ?? []);
  const [first] = ended;
  if (first === undefined || start.earlier.length > 0) return;
  if (answered + ended.length >= quorumOf(consortium, taking)) throw new LaneFailure(first);
}

/** Who is missing, or has said less than it might have. */
function missingOf(ends: readonly MemberEnd[]): string[] {
  return ends.flatMap(({ id, why, degraded }) => {
    if (why !== null) return [`${id} is missing: ${why}`];
    return degraded === null ? [] : [`${id} is degraded: ${degraded.join(', ')}`];
  });
}

/** What each member answered is found also where nobody votes, so that members can be compared afterwards. */
async function extractedEnds(
  { prepared, extract: form }: PreparedConsortium,
  ends: readonly MemberEnd[],
): Promise<MemberEnd[]> {
  const own = prepared.find((one) => one.prepared.extract)?.prepared.extract;
  const extract = own ?? answerExtractor(form);
  if ('problem' in extract) return [...ends];
  const extracted = ends.map(async (end) => {
    return end.response === null ? end : { ...end, extracted: await extract(end.response) };
  });
  return Promise.all(extracted);
}

async function select(
  { consortium, ask }: Round,
  answers: readonly RoundAnswer[],
  taking: readonly number[],
): Promise<Selection> {
  const asked = taking.map((member) => consortium.voters[member]!);
  let selection: Selection = { kept: answers };
  for (const { prepared } of consortium.prepared) {
    if (prepared.select === undefined) continue;
    const next = await prepared.select(selection.kept, { ask, asked });
    const degraded = [...(selection.degraded ?? []), ...(next.degraded ?? [])];
    selection = { ...selection, ...next, degraded };
  }
  return selection;
}

async function outcomeOf(round: Round, selection: Selection): Promise<Outcome> {
  const { winners = [], kept, confidence = null } = selection;
  const [first] = winners;
  if (first === undefined) return judged(round, kept);
  if (winners.length === 1) return vote(first, confidence, null, []);
  const judgement = await arbitrate(round, winners, 'pick-one');
  const picked = judgement.ranking?.[0]?.[0];
  if (picked !== undefined) {
    return vote(winners[picked]!, confidence, judgement, judgement.degraded);
  }
  const drawn = winners[draw(round, winners.length)]!;
  const had = round.consortium.arbiters.length > 0;
  return vote(drawn, confidence, judgement, [
    ...judgement.degraded,
    ...(had ? ['no arbiter decided the tie, but a draw'] : []),
  ]);
}

function vote(
  { id, text }: RoundAnswer,
  confidence: number | null,
  judgement: Outcome['judgement'],
  degraded: readonly string[],
): Outcome {
  const confidenceSource = confidence === null ? null : 'agreement';
  return {
    answer: text,
    basis: 'vote',
    by: id,
    confidence,
    confidenceSource,
    judgement,
    ranking: null,
    degraded,
  };
}

/** The same for a prompt and a seed, whoever answered when. */
function draw({ consortium, start }: Round, count: number): number {
  const prompt = start.request.messages.map(textOfMessage).join('\n');
  const { first, second } = textHash(prompt);
  return Math.floor(seededRandom(consortium.seed + first, second)() * count);
}

function arbitrate(
  { consortium, start, ask, progress }: Round,
  answers: readonly RoundAnswer[],
  judging: Judging,
) {
  const { arbiters, members, system = null, seed } = consortium;
  const { number, request, earlier } = start;
  const shown = answers.slice(0, MOST_SHOWN).map(({ text, member }) => {
    return { text: behindThinking(text), author: members[member]! };
  });
  return askArbiters({
    ask,
    progress,
    round: number,
    arbiters,
    lastArbiter: earlier.at(-1)?.judgement?.arbiter ?? null,
    judging,
    request,
    system,
    answers: shown,
    seed,
  });
}

/** As many as an arbiter can be shown; more can only come together where members vote. */
const MOST_SHOWN = 26;

async function judged(round: Round, answers: readonly RoundAnswer[]): Promise<Outcome> {
  const judgement = await arbitrate(round, answers, round.consortium.judging);
  const { text, confidence, ranking, basis, degraded } = judgement;
  const confidenceSource = confidence === null ? null : 'arbiter';
  const common = { confidence, confidenceSource, judgement } as const;
  if (text !== null) return { ...common, answer: text, basis, by: null, ranking: null, degraded };
  const best = ranking?.[0]?.[0];
  if (ranking && best !== undefined) {
    const { id, text: own } = answers[best]!;
    const members = ranking.map((group) => group.map((at) => answers[at]!.member));
    return { ...common, answer: own, basis, by: id, ranking: members, degraded };
  }
  const { id, text: own } =
    answers[mostCentral(answers.map((answer) => behindThinking(answer.text)))]!;
  const why = `nobody made one answer of all: this is that of ${id}, which is most like the others`;
  return {
    ...common,
    answer: own,
    basis: 'member',
    by: id,
    ranking: null,
    degraded: [...degraded, why],
  };
}
