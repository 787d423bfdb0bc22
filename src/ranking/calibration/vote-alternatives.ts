import { seededRandom } from '../../core/seeded-random.ts';
import { shuffled } from '../../core/shuffle.ts';
import type { CalibrationQuestion, MemberAnswer } from './calibration-question.ts';

const FOLDS = 10;
/** Sums of weights that differ by less are equal. */
const SAME = 1e-9;

/** What plain voting would have scored: 1 for each question whose answer with the most votes is right, ties by their share. */
export function pluralityScores(questions: readonly CalibrationQuestion[]): number[] {
  return questions.map(({ members }) => voteScore(members, () => 1));
}

/**
 * What voting with weights would have scored. A vote weighs ln(p (K - 1) / (1 - p)), p being how often the member is
 * right and K how many answers there are to choose from: the log odds of p where there are two (Nitzan and Paroush
 * 1982). A member's p is taken from the other nine tenths of the questions, and K from answers alone, so that no
 * question has a say in its own weights.
 */
export function logOddsScores(questions: readonly CalibrationQuestion[]): number[] {
  const order = shuffled(questions.length, seededRandom(0));
  const fold = new Uint8Array(questions.length);
  for (const [at, question] of order.entries()) fold[question] = at % FOLDS;
  const alternatives = mostAlternatives(questions);
  const weights = Array.from({ length: FOLDS }, (_, held) => {
    const training = questions.filter((_, at) => fold[at] !== held);
    return weightsOf(training, questions[0]?.members.length ?? 0, alternatives);
  });
  return questions.map(({ members }, at) => {
    const own = weights[fold[at]!]!;
    return voteScore(members, (member) => own[member]!);
  });
}

function weightsOf(
  training: readonly CalibrationQuestion[],
  members: number,
  alternatives: number,
): number[] {
  return Array.from({ length: members }, (_, member) => {
    const known = training.filter(({ members }) => members[member]!.answer !== null);
    const right = known.filter(({ members }) => members[member]!.right === true).length;
    // One right and one wrong answer more than were seen, so that no weight is infinite.
    return Math.log(((right + 1) * (alternatives - 1)) / (known.length - right + 1));
  });
}

/** Most different answers to one question, and at least two. */
function mostAlternatives(questions: readonly CalibrationQuestion[]): number {
  return questions.reduce((most, { members }) => {
    const answers = new Set(members.map(({ answer }) => answer).filter((one) => one !== null));
    return Math.max(most, answers.size);
  }, 2);
}

function voteScore(members: readonly MemberAnswer[], weightOf: (member: number) => number): number {
  const groups = new Map<string, { weight: number; right: boolean }>();
  for (const [member, { answer, right }] of members.entries()) {
    if (answer === null) continue;
    const group = groups.get(answer) ?? { weight: 0, right: right === true };
    group.weight += weightOf(member);
    groups.set(answer, group);
  }
  const most = Math.max(...[...groups.values()].map(({ weight }) => weight));
  const first = [...groups.values()].filter(({ weight }) => weight > most - SAME);
  return first.length === 0 ? 0 : first.filter(({ right }) => right).length / first.length;
}
