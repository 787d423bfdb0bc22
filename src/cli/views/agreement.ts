import { plainLine } from '../../core/plain-text.ts';
import type { Agreement, RatingAgreement } from '../../ranking/index.ts';
import type { Style } from '../terminal/style.ts';
import { countText } from './figures.ts';
import { renderJudges } from './judges.ts';
import { renderPosition } from './position-bias.ts';
import { coefficientText, intervalText, percentText, testText } from './statistics-text.ts';

/** How agreement is shown. */
export interface AgreementView {
  readonly width: number;
  readonly style: Style;
  /** Judges shown in a table at most. */
  readonly judges: number;
}

/** Renders the agreement of judges of comparisons. */
export function renderAgreement(found: Agreement, view: AgreementView): string {
  const { comparisons, units, judges, merged, rankings, decisivePercent } = found;
  const size = `${countText(comparisons)} verdicts of ${judges.length === 1 ? '1 judge' : `${countText(judges.length)} judges`} on ${countText(units)} units (prompt and pair)`;
  const alone = judges.length < 2;
  const again = merged === 0 ? '' : `; ${countText(merged)} repeated verdicts merged`;
  const lines = [
    ...ratingLines(found),
    fact('agreeing pairs, no tie', shareWithCount(decisivePercent.share, decisivePercent.of)),
    ...(rankings === null ? [] : concordanceLines(rankings)),
  ];
  return [
    `${view.style.bold(`${size}${again}`)}\n`,
    alone && found.alpha.ratings === 0 ? '' : `${lines.join('\n')}\n`,
    alone
      ? '\nOne judge only: nothing to agree with. Give a column judge (or worker), or a file for each judge.\n'
      : '',
    `\n${renderPosition(found, view)}`,
    alone ? '' : `\n${renderJudges(found, view)}`,
  ].join('');
}

/** Renders the agreement of raters in a matrix. */
export function renderRatingAgreement(
  found: RatingAgreement & { readonly judges: number; readonly units: number },
  view: AgreementView,
): string {
  const size = `${countText(found.judges)} judges, ${countText(found.units)} units`;
  return `${view.style.bold(size)}\n${ratingLines(found).join('\n')}\n`;
}

function ratingLines({ alpha, cohen, fleiss, percent }: RatingAgreement): string[] {
  const level = alpha.low === null ? '' : ` (${intervalText(alpha.low, alpha.high)})`;
  const how = alpha.interval === 'none' ? '' : `, interval by ${alpha.interval}`;
  return [
    fact(
      "Krippendorff's alpha",
      `${coefficientText(alpha.alpha, 4)}${level}, ${alpha.distance}${how}; ${countText(alpha.ratings)} ratings in ${countText(alpha.units)} units with two or more`,
    ),
    ...(alpha.constant
      ? ['  All ratings are the same: alpha is 1 by convention and shows nothing.']
      : []),
    cohenLine(cohen),
    fact(
      "Fleiss' kappa",
      `${coefficientText(fleiss.kappa)}${fleiss.equalSizes ? '' : ' (units with unequal numbers of ratings)'}`,
    ),
    fact('agreeing pairs', shareWithCount(percent.share, percent.of)),
  ];
}

function cohenLine(cohen: RatingAgreement['cohen']): string {
  if (cohen === null) return fact("Cohen's kappa", 'not computed: too many ratings a unit');
  if (cohen.kappa === null) {
    return fact("Cohen's kappa", `no two judges share ${cohen.fewestUnits} units`);
  }
  const weighted =
    cohen.linear === null
      ? ''
      : `, linear ${coefficientText(cohen.linear)}, quadratic ${coefficientText(cohen.quadratic)}`;
  const pairs = cohen.pairs.length - cohen.undefinedPairs;
  const mean = pairs === 1 ? '' : `; mean over ${countText(pairs)} pairs of judges`;
  return fact("Cohen's kappa", `${coefficientText(cohen.kappa)}${weighted}${mean}`);
}

function concordanceLines({ overall, meanByPrompt, prompts }: NonNullable<Agreement['rankings']>) {
  return [
    ...(overall === null
      ? []
      : [
          fact(
            "Kendall's W",
            `${coefficientText(overall.w)} over ${countText(overall.rankings)} rankings (p ${testText(overall.probability)})`,
          ),
        ]),
    ...(meanByPrompt === null
      ? []
      : [
          fact(
            "Kendall's W, same answers",
            `${coefficientText(meanByPrompt)}, mean of ${countText(prompts)}`,
          ),
        ]),
  ];
}

function shareWithCount(share: number | null, of: number): string {
  return `${percentText(share)} of ${countText(of)} pairs of verdicts`;
}

function fact(name: string, text: string): string {
  return ` ${name.padEnd(26)} ${plainLine(text, 200)}`;
}
