import type { CallErrorCode, StopErrorCode } from './error-catalogue.ts';

/** What every error of tutti carries besides its message. */
export interface TuttiErrorDetails {
  /** What the user can do about it, as a sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class. The message says what happened and where, `hint` what to do; `code` never
 * changes its meaning.
 */
export class TuttiError extends Error {
  // There from the start, as those of Node's own errors: the first line of the stack has it.
  static {
    TuttiError.prototype.name = 'TuttiError';
  }

  readonly code: CallErrorCode | StopErrorCode;
  readonly hint: string | undefined;

  constructor(
    code: CallErrorCode | StopErrorCode,
    message: string,
    details: TuttiErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    // Node shows the line of code above an error that nobody catches, and lines of the published package are as long
    // as its files. It no longer does where the stack has been written out once.
    void this.stack;
  }
}
