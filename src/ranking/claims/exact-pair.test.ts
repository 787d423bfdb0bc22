import { expect, test } from 'vitest';
import { gamesFrom } from '../../../test/support/game-notation.ts';
import { prepareRanking } from '../rating/prepare-ranking.ts';
import { exactPairs } from './exact-pair.ts';

function exactOf(notation: string): (above: string, below: string) => number | null {
  const { data, fit } = prepareRanking(gamesFrom(notation), { prior: 0.5 });
  const exact = exactPairs(fit.likelihood!.objective.games, fit.likelihood!.maximum.parameters);
  const at = (item: string) => data.table.items.indexOf(item);
  return (above, below) => exact(at(above), at(below));
}

const times = (game: string, count: number) => Array(count).fill(game).join(' ');

test('votes between two items give the sign test', () => {
  const exact = exactOf(`${times('a>b', 6)} ${times('b>a', 4)}`);
  expect(exact('a', 'b')).toBeCloseTo(0.376953125, 12);
  expect(exact('b', 'a')).toBeCloseTo(0.828125, 12);
  const sweep = exactOf(`${times('new>b', 2)} ${times('b>c', 6)} ${times('c>b', 4)}`);
  expect(sweep('new', 'b')).toBeCloseTo(0.25, 12);
  expect(sweep('b', 'new')).toBe(1);
});

test("votes against one opponent in common give Fisher's exact test", () => {
  const exact = exactOf(`${times('new>b', 2)} ${times('b>c', 6)} ${times('c>b', 4)}`);
  // 2 of 2 against 4 of 10: C(2,2) C(10,4) / C(12,6).
  expect(exact('new', 'c')).toBeCloseTo(210 / 924, 12);
  const both = exactOf(`a>m b>m ${times('m>c', 2)} a>m`);
  // 2 of 2 against 0 of 2: 1 / C(4,2).
  expect(both('a', 'c')).toBeCloseTo(1 / 6, 12);
});

test('ties say nothing, and items with many votes on both sides are left to the other errors', () => {
  const exact = exactOf(`${times('a>b', 6)} ${times('b>a', 4)} ${times('a=b', 50)}`);
  expect(exact('a', 'b')).toBeCloseTo(0.376953125, 12);
  const many = exactOf(`${times('a>b', 20)} ${times('b>a', 10)}`);
  expect(many('a', 'b')).toBeNull();
});

test('an item that never lost is tested exactly however often it was compared', () => {
  const exact = exactOf(`${times('a>b', 40)} ${times('b>c', 20)} ${times('c>b', 20)}`);
  expect(exact('a', 'b')!).toBeCloseTo(0.5 ** 40, 15);
  expect(exact('a', 'c')!).toBeLessThan(1e-6);
});
