/** Something about a run's folder that the user should know and that stops nothing. */
export type RunFinding =
  /** Other users of the folder's group can change what lies in it. */
  | { readonly kind: 'group_may_write'; readonly folder: string }
  /** The mount cannot say who owns a file and who may write it. */
  | { readonly kind: 'owners_unknown'; readonly folder: string }
  /** `input.jsonl` was not what it was, and was written anew from the rows of the user's own input. */
  | { readonly kind: 'input_restored'; readonly folder: string }
  /** `run.json` was gone; the run goes on with the answers that are there. */
  | { readonly kind: 'state_rebuilt'; readonly folder: string }
  /** The results of a finished run were gone; they are written again. */
  | { readonly kind: 'results_rebuilt'; readonly folder: string }
  /** A folder without `run.json` holds answers to another input, or to one that is gone. */
  | { readonly kind: 'answers_left'; readonly folder: string; readonly answers: number };
