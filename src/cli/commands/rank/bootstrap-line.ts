import type { RankProgress } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { countText } from '../../render/figures.ts';
import { fitLine } from '../../terminal/display-width.ts';

/** Renders how far a bootstrap is: `bootstrap of davidson, people: 420 of 1,000 rounds`. */
export function renderBootstrapLine(
  { method, group, done, rounds }: RankProgress,
  width: number,
): string {
  const of = group === null ? method : `${method}, ${plainLine(group, 40)}`;
  return fitLine(`bootstrap of ${of}: ${countText(done)} of ${countText(rounds)} rounds`, width);
}
