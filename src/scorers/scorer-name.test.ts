import { expect, it } from 'vitest';
import { readScorerRequest } from './index.ts';

it('reads a name, a key, an argument', () => {
  expect(readScorerRequest('match')).toEqual({
    key: 'match',
    name: 'match',
    argument: '',
    isFile: false,
  });
  expect(readScorerRequest('year=regex:a=b:c')).toMatchObject({
    key: 'year',
    name: 'regex',
    argument: 'a=b:c',
  });
  expect(readScorerRequest('regex:x=y')).toMatchObject({ key: 'regex', argument: 'x=y' });
  expect(readScorerRequest('numeric:abs=0.01')).toMatchObject({
    key: 'numeric',
    argument: 'abs=0.01',
  });
});

it('takes a path for a file, and its name for the key', () => {
  for (const path of [
    './my-scorer.ts',
    '../a/my-scorer.js',
    '/abs/my-scorer.mjs',
    'my-scorer.ts',
    'C:\\a\\my-scorer.ts',
  ]) {
    expect(readScorerRequest(path)).toEqual({
      key: 'my-scorer',
      name: path,
      argument: '',
      isFile: true,
    });
  }
  expect(readScorerRequest('k=./a=b.ts')).toMatchObject({ key: 'k', name: './a=b.ts' });
});

it.each([
  ['mach', /no scorer "mach".*Did you mean match\?.*bleu, choice/],
  ['', /no scorer ""/],
  ['constructor', /no scorer "constructor"/],
  ['regex', /needs an argument: regex:RE/],
  ['regex:', /needs an argument/],
  ['match:x', /takes no argument/],
  ['response=match', /"response" has a meaning of its own/],
  ['prompt=match', /meaning of its own/],
  ['mode=match', /meaning of its own/],
  ['input-id=match', /meaning of its own/],
  ['answer-status=match', /meaning of its own/],
  ['./.ts', /gives no key/],
  ['./3 a.ts', /gives no key/],
])('says what is wrong with %s', (text, problem) => {
  expect(readScorerRequest(text)).toEqual({ problem: expect.stringMatching(problem) });
});
