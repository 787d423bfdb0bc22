import { editDistance } from '../../core/edit-distance.ts';
import type { PairSpace, PromptAnswers, UnsidedPair } from './pair-space.ts';

/** Longer answers are compared by their first characters only: the time grows with the square. */
const MAX_CHARACTERS = 20_000;

/**
 * For each prompt, joins each item with the `neighbors` items whose answers are farthest from its own
 * by edit distance (case and outer white space aside; among equals the earlier one). The selection of
 * the LLMFAO study: it shows judges answers that differ, and it shows unusual items far more often.
 */
export function distantPairs(space: PairSpace, neighbors: number): UnsidedPair[] {
  return space.prompts.flatMap((answers, prompt) =>
    distantEdges(answers, neighbors).map(([a, b]) => ({ prompt, a, b })),
  );
}

function distantEdges(answers: PromptAnswers, neighbors: number): [number, number][] {
  const { members } = answers;
  const distances = distanceTable(answers.texts);
  const joined = members.map(() => new Set<number>());
  for (const place of members.keys()) {
    const others = [...members.keys()].filter((other) => other !== place);
    const row = (other: number) => distances[place * members.length + other]!;
    others.sort((one, other) => row(other) - row(one));
    for (const other of others.slice(0, neighbors)) {
      joined[place]!.add(other);
      joined[other]!.add(place);
    }
  }
  return joined.flatMap((others, place) =>
    [...others]
      .filter((other) => other > place)
      .map((other): [number, number] => [members[place]!, members[other]!]),
  );
}

function distanceTable(texts: readonly string[]): Float64Array {
  const plain = texts.map((text) => text.slice(0, MAX_CHARACTERS).trim().toLowerCase());
  const table = new Float64Array(plain.length ** 2);
  for (const [a, text] of plain.entries()) {
    for (let b = 0; b < a; b++) {
      const distance = editDistance(text, plain[b]!);
      table[a * plain.length + b] = distance;
      table[b * plain.length + a] = distance;
    }
  }
  return table;
}
