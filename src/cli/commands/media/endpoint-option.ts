import { valueOption } from '../../command-line/option.ts';
import { name } from '../../command-line/option-values.ts';

/** Whose files are meant. */
export const endpointOption = valueOption(
  '--endpoint NAME',
  'Provider or entry of endpoints: whose files are meant',
  name,
  'gemini',
);
