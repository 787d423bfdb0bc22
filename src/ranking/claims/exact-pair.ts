import { type Games, LOST, WON } from '../input/games.ts';
import { gameDifference } from '../likelihood/objective.ts';
import { logistic } from '../likelihood/outcome-model.ts';

/** Up to so many decisive votes of an item its claims are tested exactly. */
const FEW_VOTES = 12;
/** Beyond so many decisive votes the other item's strength is taken as known. */
const MANY_VOTES = 400;

/** Decisive votes of an item in one game: how many, how many won, and log odds from all but its own strength. */
interface OwnVotes {
  readonly other: number;
  readonly votes: number;
  readonly won: number;
  readonly offset: number;
}

/**
 * An exact test of "`above` is not better than `below`" for items with at most 12 decisive votes, and for
 * those that never lost or never won, where normal approximations fail. Given how many votes the two won
 * together and how strong the others are, the share of `above` has a distribution without any unknown
 * once the two are taken to be equal (conditional logistic regression; with one opponent in common this
 * is Fisher's exact test, and for votes between the two the sign test). Ties say nothing here.
 *
 * @returns for each pair the one-sided probability; null where neither item has few votes.
 */
export function exactPairs(
  games: Games,
  parameters: Float64Array,
): (above: number, below: number) => number | null {
  const total = new Float64Array(games.items);
  const won = new Float64Array(games.items);
  for (let game = 0; game < games.count; game++) {
    const [first, second] = [games.first[game]!, games.second[game]!];
    const [wins, losses] = [votesOf(games, game, WON), votesOf(games, game, LOST)];
    total[first]! += wins + losses;
    total[second]! += wins + losses;
    won[first]! += wins;
    won[second]! += losses;
  }
  const few = total.map((votes, item) =>
    votes <= FEW_VOTES || won[item] === 0 || won[item] === votes ? 1 : 0,
  );
  if (!few.includes(1)) return () => null;
  const own = ownVotes(games, parameters);
  return (above, below) =>
    few[above] === 1 || few[below] === 1 ? probability(own, total, parameters, above, below) : null;
}

/** Number of votes that are worth as much as the weights: (Σ w)² / Σ w². */
function votesOf({ weight, squaredWeight }: Games, game: number, outcome: number): number {
  const cell = 3 * game + outcome;
  return weight[cell] === 0 ? 0 : Math.round(weight[cell]! ** 2 / squaredWeight[cell]!);
}

function ownVotes(games: Games, parameters: Float64Array): OwnVotes[][] {
  const own: OwnVotes[][] = Array.from({ length: games.items }, () => []);
  for (let game = 0; game < games.count; game++) {
    const [first, second] = [games.first[game]!, games.second[game]!];
    const [wins, losses] = [votesOf(games, game, WON), votesOf(games, game, LOST)];
    if (wins + losses === 0) continue;
    const d = gameDifference(games, game, parameters);
    const votes = wins + losses;
    own[first]!.push({ other: second, votes, won: wins, offset: d - parameters[first]! });
    own[second]!.push({ other: first, votes, won: losses, offset: -d - parameters[second]! });
  }
  return own;
}

function probability(
  own: readonly OwnVotes[][],
  total: Float64Array,
  parameters: Float64Array,
  above: number,
  below: number,
): number {
  const known = (item: number) => total[item]! > MANY_VOTES;
  const others = (item: number, other: number) => own[item]!.filter((one) => one.other !== other);
  // Votes between the two: their sum is fixed, and with equal strengths only the offset is left.
  const between = (item: number, other: number) =>
    own[item]!.filter((one) => one.other === other).map((one) => ({
      ...one,
      offset: one.offset + parameters[other]!,
    }));
  const [mine, theirs] = [others(above, below), others(below, above)];
  const direct = between(above, below);
  if (known(above)) {
    const level = parameters[above]!;
    const back = between(below, above);
    const lost = convolve(winDistribution(theirs, level), winDistribution(back, 0));
    return lowerTail(lost, wins(theirs) + wins(back));
  }
  const level = parameters[known(below) ? below : above]!;
  const elsewhere = known(below)
    ? winDistribution(mine, level)
    : shared(
        winDistribution(mine, level),
        winDistribution(theirs, level),
        wins(mine) + wins(theirs),
      );
  return upperTail(convolve(winDistribution(direct, 0), elsewhere), wins(direct) + wins(mine));
}

function wins(list: readonly OwnVotes[]): number {
  return list.reduce((sum, { won }) => sum + won, 0);
}

/** Probabilities of 0, 1, … wins of independent votes with log odds `level` + offset. */
function winDistribution(list: readonly OwnVotes[], level: number): Float64Array {
  let distribution = Float64Array.of(1);
  for (const { votes, offset } of list) {
    const p = logistic(level + offset);
    const binomial = new Float64Array(votes + 1);
    binomial[0] = 1;
    for (let vote = 1; vote <= votes; vote++) {
      for (let k = vote; k > 0; k--) binomial[k] = binomial[k]! * (1 - p) + binomial[k - 1]! * p;
      binomial[0]! *= 1 - p;
    }
    distribution = convolve(distribution, binomial);
  }
  return distribution;
}

/** Distribution of the first's wins given the sum of both. */
function shared(mine: Float64Array, theirs: Float64Array, sum: number): Float64Array {
  const joint = mine.map((p, k) => p * (theirs[sum - k] ?? 0));
  const all = joint.reduce((total, one) => total + one, 0);
  return all > 0 ? joint.map((one) => one / all) : joint.fill(1, -1);
}

function convolve(one: Float64Array, other: Float64Array): Float64Array<ArrayBuffer> {
  const result = new Float64Array(one.length + other.length - 1);
  one.forEach((p, i) => {
    if (p > 0)
      other.forEach((q, k) => {
        result[i + k]! += p * q;
      });
  });
  return result;
}

/** Probability of at most `value`. */
function lowerTail(distribution: Float64Array, value: number): number {
  let sum = 0;
  for (let k = 0; k <= value && k < distribution.length; k++) sum += distribution[k]!;
  return Math.min(1, sum);
}

/** Probability of at least `value`, the smallest numbers first. */
function upperTail(distribution: Float64Array, value: number): number {
  let sum = 0;
  for (let k = distribution.length - 1; k >= value; k--) sum += distribution[k]!;
  return Math.min(1, sum);
}
