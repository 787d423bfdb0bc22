import { measureAgreement, measureMatrixAgreement } from '../../../arena/index.ts';
import type { OptionValues } from '../../command-line/command.ts';
import { comparisonSources, tableRequest } from '../../command-line/comparison-options.ts';
import { usageError } from '../../command-line/usage-error.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { renderTableReport } from '../../render/table-report.ts';
import { renderAgreement, renderRatingAgreement } from './agreement-report.ts';
import type { AGREEMENT_OPTIONS } from './options.ts';

/** The options of `tutti agreement` as they were given. */
type AgreementValues = OptionValues<typeof AGREEMENT_OPTIONS>;

const SHOWN_JUDGES = 20;

/**
 * Reads, measures and shows.
 *
 * @returns the exit code.
 * @throws TuttiError `bad_usage`, `bad_input`, `no_comparisons` and whatever reading throws.
 */
export async function measureFiles(
  files: readonly string[],
  options: AgreementValues,
  context: CliContext,
): Promise<number> {
  const { stdout, stderr } = context;
  const view = {
    width: stdout.size().columns - 1,
    style: stdout.style,
    judges: options.first ?? SHOWN_JUDGES,
  };
  const measureOptions = {
    ...(options.distance && { distance: options.distance }),
    ...(options.interval && { interval: options.interval }),
    ...(options.cluster && { cluster: options.cluster }),
    ...(options.rounds && { rounds: options.rounds }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.level && { level: options.level }),
    ...(options.commonUnits && { fewestCommonUnits: options.commonUnits }),
    outliers: {
      ...(options.outlierRule && { rule: options.outlierRule }),
      ...(options.alpha && { alpha: options.alpha }),
    },
  };
  if (options.matrix) {
    const [source] = comparisonSources(files, context);
    if (files.length > 1) throw usageError('--matrix reads one file.', 'Give one file.');
    const found = await measureMatrixAgreement(source!, measureOptions);
    stdout.write(options.json ? `${JSON.stringify(found)}\n` : renderRatingAgreement(found, view));
    return EXIT_OK;
  }
  const request = tableRequest(files, options, context);
  const { report, agreement } = await measureAgreement(request, measureOptions);
  if (!options.quiet) stderr.write(renderTableReport(report));
  stdout.write(
    options.json
      ? `${JSON.stringify({ ...agreement, input: report })}\n`
      : renderAgreement(agreement, view),
  );
  return EXIT_OK;
}
