import type { Comparison, Verdict } from '../../src/ranking/table/comparison.ts';

/** `a>b`, `a<b`, `a=b`, `a!b` (both bad), separated by spaces. */
export function gamesFrom(text: string): Comparison[] {
  const verdicts: Record<string, Verdict> = {
    '>': 'left',
    '<': 'right',
    '=': 'tie',
    '!': 'both_bad',
  };
  return text.split(' ').map((game) => {
    const [, left, sign, right] = /^(\w+)([<>=!])(\w+)$/.exec(game)!;
    return { left: left!, right: right!, verdict: verdicts[sign!]! };
  });
}
