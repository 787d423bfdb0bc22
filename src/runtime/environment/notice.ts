/** Something that the user should know and that stops nothing. Holds no key. */
export type Notice =
  | {
      readonly kind: 'keys_readable_by_others';
      readonly path: string;
      /** Of the file, in octal digits. */
      readonly mode: string;
    }
  | { readonly kind: 'line_passed_over'; readonly file: string; readonly line: number }
  | {
      readonly kind: 'lock_taken_over';
      /** How it is known that the process is gone that held it. */
      readonly reason: string;
    }
  | { readonly kind: 'agreement_not_kept'; readonly reason: string }
  | {
      readonly kind: 'variables_ignored';
      /** What stands in a project's `.env` and may not be set there. */
      readonly variables: readonly { readonly name: string; readonly line: number }[];
    };
