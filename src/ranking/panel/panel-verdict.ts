/** What a judge made of the answers of one prompt in one round. */
export interface PanelVerdict {
  readonly prompt: string;
  readonly round: number;
  readonly judge: string;
  /** Models in the order in which their answers were shown. */
  readonly shown: readonly string[];
  /** Best first, equal ones together; null where the judge gave no ranking. */
  readonly ranking: readonly (readonly string[])[] | null;
}

/** Says why a verdict holds no ranking of what was shown; null where it does. */
export function rankingProblem({ shown, ranking }: PanelVerdict): string | null {
  if (ranking === null) return 'holds no ranking';
  const places = new Set(shown);
  if (places.size !== shown.length) return 'shows a model twice';
  const ranked = new Set<string>();
  for (const group of ranking) {
    for (const model of group) {
      if (!places.has(model)) return 'ranks a model that was not shown';
      if (ranked.has(model)) return 'ranks a model twice';
      ranked.add(model);
    }
  }
  if (ranked.size !== places.size) return `ranks ${ranked.size} of ${places.size} models`;
  return ranked.size < 2 ? 'ranks fewer than two models' : null;
}
