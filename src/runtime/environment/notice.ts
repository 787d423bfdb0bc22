import type { PromptoFinding, RunFinding } from '../../experiment/index.ts';
import type { RephraseCounts } from '../../experiment/rephrase/index.ts';

/** Something that the user should know and that stops nothing. Holds no key. */
export type Notice =
  | RunFinding
  | PromptoFinding
  /** A run that this user's tutti does not know goes on, or is shown as finished. */
  | { readonly kind: 'foreign_run'; readonly run: ForeignRun }
  /** Rows whose media are not sent as they are written. */
  | { readonly kind: 'media_noted'; readonly rows: number; readonly first: string }
  /** Models for rows that name none, of which there are none. */
  | { readonly kind: 'models_unused'; readonly models: readonly string[] }
  /** The list of known runs cannot be read or written: every run counts as known. */
  | { readonly kind: 'runs_not_kept' }
  | {
      readonly kind: 'keys_readable_by_others';
      readonly path: string;
      /** Of the file, in octal digits. */
      readonly mode: string;
    }
  /** A value of a `.env` refers to a name that the file does not set before it; it stays as it is written. */
  | { readonly kind: 'reference_open'; readonly line: number; readonly variable: string }
  | { readonly kind: 'line_passed_over'; readonly file: string; readonly line: number }
  | {
      readonly kind: 'lock_taken_over';
      /** How it is known that the process is gone that held it. */
      readonly reason: string;
    }
  | { readonly kind: 'agreement_not_kept'; readonly reason: string }
  /** Something about a template that is allowed and hardly meant, as a sentence. */
  | { readonly kind: 'template_doubtful'; readonly sentence: string }
  /** Prompts of which no model is asked for other words. */
  | {
      readonly kind: 'not_rephrased';
      /** Prompts without a text of a user. */
      readonly prompts: number;
    }
  /** What became of the replies of which new prompts are made. */
  | { readonly kind: 'rephrased'; readonly counts: RephraseCounts }
  /** Rows of which no judge is asked, because they failed, or their answer has no text. */
  | { readonly kind: 'not_judged'; readonly errors: number; readonly empty: number }
  /** A settings file that is not read, and the one that would be. */
  | { readonly kind: 'settings_misnamed'; readonly path: string; readonly meant: string }
  /** A variable that tutti does not know, and the one that is like it. */
  | { readonly kind: 'variable_misspelt'; readonly name: string; readonly meant: string }
  | {
      readonly kind: 'variables_ignored';
      /** What stands in a project's `.env` and may not be set there. */
      readonly variables: readonly { readonly name: string; readonly line: number }[];
    };

/** A run that was begun on another machine, by somebody else, or by an earlier version of tutti. */
export interface ForeignRun {
  readonly folder: string;
  /** Answers that it holds. */
  readonly answers: number;
  /** When it was begun, ISO 8601, as it says; null where it does not say. */
  readonly beganAt: string | null;
  /** The machine on which it was begun, as it says; null where it does not say. */
  readonly host: string | null;
}

/** Asks whether a run that was not begun here may go on; true takes its answers over. */
export type AgreeToRun = (run: ForeignRun) => Promise<boolean>;
