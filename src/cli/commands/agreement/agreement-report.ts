import type { MatrixAgreement } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import type { Agreement, Bounds, RatingAgreement, ShareInterval } from '../../../ranking/index.ts';
import { countOf, countText } from '../../render/figures.ts';
import { coefficientText, intervalText, percentText } from '../../render/statistics-text.ts';
import { type AgreementView, renderJudges } from './judges.ts';
import { renderPosition } from './position-bias.ts';

/** Renders the agreement of judges of comparisons. */
export function renderAgreement(found: Agreement, view: AgreementView): string {
  const { comparisons, units, judges, merged, rankings, decisivePercent } = found;
  const size = `${countText(comparisons)} verdicts of ${judges.length === 1 ? '1 judge' : `${countText(judges.length)} judges`} on ${countText(units)} units (prompt and pair)`;
  const alone = judges.length < 2;
  const again = merged === 0 ? '' : `; ${countText(merged)} repeated verdicts merged`;
  const lines = [
    ...ratingLines(found),
    fact('agreeing pairs, no tie', shareWithCount(decisivePercent)),
    ...(rankings === null ? [] : concordanceLines(rankings)),
  ];
  return [
    `${view.style.bold(`${size}${again}`)}\n`,
    alone && found.alpha.ratings === 0 ? '' : `${lines.join('\n')}\n${clusterLine(found)}`,
    alone
      ? '\nOne judge only: nothing to agree with. Give a column judge (or worker), or a file for each judge.\n'
      : '',
    renderPosition(found, view),
    alone ? '' : `\n${renderJudges(found, view)}`,
  ].join('');
}

/** Renders the agreement of raters in a matrix. */
export function renderRatingAgreement(found: MatrixAgreement, view: AgreementView): string {
  const size = `${countText(found.judges)} judges, ${countText(found.units)} units`;
  const words = Object.entries(found.missing).map(
    ([word, count]) => `${word} (${countText(count)})`,
  );
  const missing = words.length === 0 ? '' : `; missing: ${words.slice(0, 5).join(', ')}`;
  return `${view.style.bold(`${size}${plainLine(missing, 200)}`)}\n${ratingLines(found).join('\n')}\n${clusterLine(found)}`;
}

function ratingLines({ alpha, cohen, fleiss, ac1, percent }: RatingAgreement): string[] {
  const drawn = alpha.interval !== 'none' && alpha.interval !== 'clusters';
  const how = drawn ? `, interval by ${alpha.interval}` : '';
  return [
    fact(
      "Krippendorff's alpha",
      `${coefficientText(alpha.alpha, 4)}${boundsText(alpha)}, ${alpha.distance}${how}; ${countText(alpha.ratings)} ratings in ${countText(alpha.units)} units with two or more`,
    ),
    ...(alpha.constant
      ? ['  All ratings are the same: alpha is 1 by convention and shows nothing.']
      : []),
    cohenLine(cohen),
    fact(
      "Fleiss' kappa",
      `${coefficientText(fleiss.kappa)}${boundsText(fleiss)}${fleiss.equalSizes ? '' : ' (units with unequal numbers of ratings)'}`,
    ),
    fact("Gwet's AC1", `${coefficientText(ac1.ac1)}${boundsText(ac1)}`),
    fact('agreeing pairs', shareWithCount(percent)),
  ];
}

function clusterLine({ clusters, alpha }: RatingAgreement): string {
  if (alpha.interval === 'none') return '';
  const few = clusters.count < 10 ? '; few, and the intervals are wide for it' : '';
  return ` Intervals take ${countOf(clusters.count, clusters.unit)} for independent${few}.\n`;
}

function cohenLine(cohen: RatingAgreement['cohen']): string {
  if (cohen === null) return fact("Cohen's kappa", 'not computed: too many ratings a unit');
  if (cohen.kappa === null) {
    const shared = countOf(cohen.mostUnits, 'unit');
    return fact(
      "Cohen's kappa",
      cohen.pairs.length > 0
        ? `not defined: two judges share ${shared}, but say one and the same thing`
        : `no two judges share ${cohen.fewestUnits} units`,
    );
  }
  const weighted =
    cohen.linear === null
      ? ''
      : `, linear ${coefficientText(cohen.linear)}${boundsText(cohen.linearBounds)}, quadratic ${coefficientText(cohen.quadratic)}${boundsText(cohen.quadraticBounds)}`;
  const pairs = cohen.pairs.length - cohen.undefinedPairs;
  const mean = pairs === 1 ? '' : `; mean over ${countText(pairs)} pairs of judges`;
  return fact(
    "Cohen's kappa",
    `${coefficientText(cohen.kappa)}${boundsText(cohen)}${weighted}${mean}`,
  );
}

function concordanceLines(rankings: NonNullable<Agreement['rankings']>): string[] {
  const { overall, meanByPrompt, meanBounds, prompts } = rankings;
  return [
    ...(overall === null
      ? []
      : [
          fact(
            "Kendall's W",
            `${coefficientText(overall.w)}${boundsText(overall)} over ${countText(overall.rankings)} rankings`,
          ),
        ]),
    ...(meanByPrompt === null
      ? []
      : [
          fact(
            "Kendall's W, same answers",
            `${coefficientText(meanByPrompt)}${boundsText(meanBounds)}, mean of ${countText(prompts)}`,
          ),
        ]),
  ];
}

function boundsText({ low, high }: Bounds): string {
  return low === null ? '' : ` (${intervalText(low, high)})`;
}

function shareWithCount({ share, of, low, high }: ShareInterval): string {
  const interval = low === null ? '' : ` (${intervalText(low, high, percentOf)})`;
  return `${percentText(share)}${interval} of ${countText(of)} pairs of verdicts`;
}

function percentOf(share: number | null): string {
  return share === null ? '' : (100 * share).toFixed(1);
}

function fact(name: string, text: string): string {
  return ` ${name.padEnd(26)} ${plainLine(text, 200)}`;
}
