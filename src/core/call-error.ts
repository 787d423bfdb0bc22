import type { ContextSize } from './context-size.ts';
import { CALL_ERRORS, type CallErrorCode, type ErrorKind } from './error-catalogue.ts';
import type { PaidPart } from './model.ts';
import { TuttiError, type TuttiErrorDetails } from './tutti-error.ts';

/** What is known of a failed call besides its code. */
export interface CallErrorDetails extends TuttiErrorDetails {
  /** Status of the HTTP answer, if there was one. */
  readonly httpStatus?: number | undefined;
  /** How long the endpoint asked to wait, in milliseconds; any length. */
  readonly retryAfterMs?: number | undefined;
  /** The server's own words, on one line, without secrets. */
  readonly said?: string | undefined;
  /** Text that had arrived before a stream broke. */
  readonly partialText?: string | undefined;
  readonly requestId?: string | undefined;
  /** Overrides the catalogue where a status tells more than the code. */
  readonly retryable?: boolean | undefined;
  /** What came and was paid for, though it is no answer. */
  readonly paid?: PaidPart | undefined;
  /** By how much the request was too long. */
  readonly context?: ContextSize | undefined;
}

/**
 * One try of a call that failed. It is classified where it is born, in the transport or the adapter,
 * and its message never holds a key.
 */
export class CallError extends TuttiError {
  static {
    CallError.prototype.name = 'CallError';
  }

  override readonly code: CallErrorCode;
  readonly retryable: boolean;
  readonly scope: ErrorKind['scope'];
  readonly httpStatus: number | null;
  readonly retryAfterMs: number | null;
  readonly said: string | null;
  readonly partialText: string | null;
  readonly requestId: string | null;
  readonly paid: PaidPart | null;
  readonly context: ContextSize | null;

  constructor(code: CallErrorCode, message: string, details: CallErrorDetails = {}) {
    super(code, message, details);
    this.code = code;
    this.retryable = details.retryable ?? CALL_ERRORS[code].retryable;
    this.scope = CALL_ERRORS[code].scope;
    this.httpStatus = details.httpStatus ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.said = details.said ?? null;
    this.partialText = details.partialText ?? null;
    this.requestId = details.requestId ?? null;
    this.paid = details.paid ?? null;
    this.context = details.context ?? null;
  }

  /** The same error with some of its details replaced. */
  with(details: CallErrorDetails & { readonly message?: string }): CallError {
    return new CallError(this.code, details.message ?? this.message, {
      hint: this.hint,
      cause: this.cause,
      httpStatus: this.httpStatus ?? undefined,
      retryAfterMs: this.retryAfterMs ?? undefined,
      said: this.said ?? undefined,
      partialText: this.partialText ?? undefined,
      requestId: this.requestId ?? undefined,
      retryable: this.retryable,
      paid: this.paid ?? undefined,
      context: this.context ?? undefined,
      ...details,
    });
  }
}
