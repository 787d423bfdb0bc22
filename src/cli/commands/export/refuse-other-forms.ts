import { isFineTuningFormat } from '../../../experiment/fine-tuning/fine-tuning-format.ts';
import { requestUrlOption, typedOption } from '../../command-line/common-options.ts';
import { EXPORT_OPTIONS } from '../../command-line/export-options.ts';
import { givenFlags, refuseMeaningless } from '../../command-line/meaningless-options.ts';
import { FINE_TUNING_OPTIONS } from './fine-tuning-options.ts';

/** What fine-tuning has no use for: examples are texts, of a table or a run as they are. */
const TABLE_OPTIONS = {
  excelSafe: EXPORT_OPTIONS.excelSafe,
  typed: typedOption,
  requestUrl: requestUrlOption,
};

/**
 * Refuses options of files for fine-tuning where none is written, and those of other forms where nothing else is.
 *
 * @throws TuttiError `bad_usage` with all of them
 */
export function refuseOtherForms(
  formats: readonly string[],
  given: Readonly<Record<string, unknown>>,
): void {
  const tuning = formats.filter(isFineTuningFormat);
  const names = `--format ${formats.join(', ')}`;
  if (tuning.length === 0) {
    const flags = givenFlags(FINE_TUNING_OPTIONS, given);
    refuseMeaningless(flags, `${names}, which is not for fine-tuning`);
  } else if (tuning.length === formats.length) {
    refuseMeaningless(givenFlags(TABLE_OPTIONS, given), `${names}, which is for fine-tuning`);
  }
}
