import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectionCertificate } from './connection-certificate.ts';
import { connectivity } from './connectivity.ts';
import type { Games } from './games.ts';

const ITEMS = 7;
const cell = fc.constantFrom(0, 0, 0, 1, 2);
const tournaments = fc
  .array(fc.tuple(fc.nat(ITEMS - 1), fc.nat(ITEMS - 2), cell, cell, cell), { maxLength: 22 })
  .map((rows): Games => {
    const weight = Float64Array.from(rows.flatMap(([, , won, lost, tied]) => [won, lost, tied]));
    return {
      items: ITEMS,
      count: rows.length,
      first: Uint32Array.from(rows, ([first]) => first),
      second: Uint32Array.from(rows, ([first, other]) => (other >= first ? other + 1 : other)),
      weight,
      squaredWeight: weight,
      covariates: new Float64Array(0),
      covariateCount: 0,
    };
  });

/** Warshall's closure: the textbook way to see who reaches whom. */
function reaches(games: Games, tiesCount: boolean): boolean[][] {
  const reach = Array.from({ length: ITEMS }, (_, i) =>
    Array.from({ length: ITEMS }, (__, j) => i === j),
  );
  for (let game = 0; game < games.count; game++) {
    const [won, lost, tied] = games.weight.subarray(3 * game, 3 * game + 3);
    const [first, second] = [games.first[game]!, games.second[game]!];
    if (won! > 0 || (tiesCount && tied! > 0)) reach[first]![second] = true;
    if (lost! > 0 || (tiesCount && tied! > 0)) reach[second]![first] = true;
  }
  for (let k = 0; k < ITEMS; k++) {
    for (let i = 0; i < ITEMS; i++) {
      for (let j = 0; j < ITEMS; j++) reach[i]![j] ||= reach[i]![k]! && reach[k]![j]!;
    }
  }
  return reach;
}

test('components are those of mutual reach, with and without ties', () => {
  fc.assert(
    fc.property(tournaments, fc.boolean(), (games, tiesCount) => {
      const reach = reaches(games, tiesCount);
      const { components, neverLost, neverWon } = connectivity(games, tiesCount);
      expect(components.flat().sort()).toEqual([...Array(ITEMS).keys()]);
      for (const component of components) {
        for (const i of component) {
          for (let j = 0; j < ITEMS; j++) {
            expect(reach[i]![j]! && reach[j]![i]!).toBe(component.includes(j));
          }
        }
      }
      for (const item of neverWon) {
        expect(reach[item]!.filter((reached) => reached)).toHaveLength(1);
      }
      for (const item of neverLost) {
        expect(reach.filter((row) => row[item])).toHaveLength(1);
      }
    }),
  );
});

test('no component is beaten by a later one', () => {
  fc.assert(
    fc.property(tournaments, (games) => {
      const reach = reaches(games, true);
      const { components } = connectivity(games);
      components.forEach((better, at) => {
        for (const worse of components.slice(at + 1)) {
          expect(reach[worse[0]!]![better[0]!]).toBe(false);
        }
      });
    }),
  );
});

test('the certificate says the same as the search, whatever weight is taken away', () => {
  fc.assert(
    fc.property(tournaments, fc.infiniteStream(fc.nat(3)), (games, stream) => {
      const certificate = new ConnectionCertificate(games, true);
      for (let round = 0; round < 5; round++) {
        const weight = games.weight.map((one) => (stream.next().value! > 0 ? one : 0));
        const expected = connectivity({ ...games, weight }).components.length === 1;
        expect(certificate.holdsFor(weight)).toBe(expected);
      }
    }),
  );
});
