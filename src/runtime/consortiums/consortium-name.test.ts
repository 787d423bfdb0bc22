import { expect, it } from 'vitest';
import { consortiumNameProblem, isConsortiumPath } from './consortium-name.ts';

it.each(['team', 'Team_2', 'a', 'x.y-z', '7b'])('takes %s', (name) => {
  expect(consortiumNameProblem(name)).toBeNull();
});

it.each([
  [
    '../x',
    'x/y',
    'x\\y',
    'team.yaml',
    'team.yml',
    '.',
    '..',
    '',
    '-x',
    '.hidden',
    'x.',
    'a b',
    'ä',
  ],
  [
    'CON',
    'nul.x',
    'com1',
    'LPT9.y',
    'list',
    'Save',
    'sim',
    'consortium',
    '__proto__',
    'x'.repeat(65),
  ],
  ['a:2', 'a\0b', 'a\nb', 'a#b', 'a?b', '~'],
])('refuses names that are paths, devices, commands or no file names', (...names) => {
  for (const name of names) expect(consortiumNameProblem(name), name).not.toBeNull();
});

it('tells paths from names', () => {
  for (const path of ['./team', 'team.yaml', 'a/b', 'C:\\team', 'x.YML']) {
    expect(isConsortiumPath(path), path).toBe(true);
  }
  for (const name of ['team', 'team.v2']) expect(isConsortiumPath(name), name).toBe(false);
});
