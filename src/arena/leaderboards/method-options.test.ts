import { expect, it } from 'vitest';
import { METHOD_NAMES, type RankOptions, rank } from '../../ranking/index.ts';
import { optionsOf } from './method-options.ts';

const ROWS = ['a b', 'b c', 'c a', 'a c'].map((pair, at) => {
  const [left, right] = pair.split(' ') as [string, string];
  return { left, right, verdict: at === 3 ? 'both_bad' : 'left', judge: `j${at % 2}` } as const;
});

const OPTIONS: readonly RankOptions[] = [
  { prior: 0.5 },
  { side: true },
  { intervals: 'sandwich', cluster: 'comparison' },
  { bothBad: 'loss' },
  { intervals: 'bootstrap', rounds: 5, bootstrapInterval: 'bca', cluster: 'comparison' },
  { anchor: { item: 'a', rating: 1000 } },
];

it.each(METHOD_NAMES.flatMap((method) => OPTIONS.map((given) => [method, given] as const)))(
  '%s leaves out of %o, with a note, just what it refuses when it is the only method',
  (method, given) => {
    const refusal = () => {
      try {
        rank(ROWS, { ...given, method });
        return '';
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return code === 'bad_usage' ? message : '';
      }
    };
    const { options, notes } = optionsOf(method, given, false);
    const refused = /takes no|has no|cannot tell/.test(refusal());
    expect(notes).toHaveLength(refused ? 1 : 0);
    expect(Object.keys(options).length).toBe(Object.keys(given).length + (refused ? 0 : 1));
    expect(optionsOf(method, given, true)).toEqual({ options: { ...given, method }, notes: [] });
  },
);
