import { extensionForm } from '../io/datasets/index.ts';

/** In which form an output is written. */
export type OutputForm = 'jsonl' | 'json' | 'csv' | 'tsv' | 'parquet' | 'arrow';

/** The form that a file's extension says; undefined where it says none that is written. */
export function outputFormOf(name: string): OutputForm | undefined {
  const form = extensionForm(name);
  return form === 'text' ? undefined : form;
}
