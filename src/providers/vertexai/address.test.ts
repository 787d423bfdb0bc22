import { expect, it } from 'vitest';
import { addressAt } from './address.ts';

const USUAL = 'https://aiplatform.googleapis.com/v1';

it.each([
  [undefined, USUAL],
  ['global', USUAL],
  ['europe-west4', 'https://europe-west4-aiplatform.googleapis.com/v1'],
  ['eu', 'https://aiplatform.eu.rep.googleapis.com/v1'],
  ['us', 'https://aiplatform.us.rep.googleapis.com/v1'],
])('the location %s has the address %s', (location, address) => {
  expect(addressAt(USUAL, { location })).toBe(address);
});

it("leaves a user's own address as it is", () => {
  expect(addressAt('https://proxy.example/v1', { location: 'eu' })).toBe(
    'https://proxy.example/v1',
  );
});

it.each(['evil.example/', 'x@evil.example', 'EU', '', '-a', 'a b'])(
  'refuses the location %j',
  (location) => {
    expect(() => addressAt(USUAL, { location })).toThrow('not one');
  },
);
