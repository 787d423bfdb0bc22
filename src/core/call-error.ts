import { CALL_ERRORS, type CallErrorCode, type ErrorKind } from './error-catalogue.ts';
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
}

/**
 * One try of a call that failed. It is classified where it is born, in the transport or the adapter,
 * and its message never holds a key.
 */
export class CallError extends TuttiError {
  override readonly code: CallErrorCode;
  readonly retryable: boolean;
  readonly scope: ErrorKind['scope'];
  readonly httpStatus: number | null;
  readonly retryAfterMs: number | null;
  readonly said: string | null;
  readonly partialText: string | null;
  readonly requestId: string | null;

  constructor(code: CallErrorCode, message: string, details: CallErrorDetails = {}) {
    super(code, message, details);
    this.name = 'CallError';
    this.code = code;
    this.retryable = details.retryable ?? CALL_ERRORS[code].retryable;
    this.scope = CALL_ERRORS[code].scope;
    this.httpStatus = details.httpStatus ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.said = details.said ?? null;
    this.partialText = details.partialText ?? null;
    this.requestId = details.requestId ?? null;
  }
}
