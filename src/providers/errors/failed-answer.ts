import type { IncomingHttpHeaders } from 'node:http';
import { CallError } from '../../core/call-error.ts';
import type { CallErrorCode } from '../../core/error-catalogue.ts';
import { isNestedTooDeeply } from '../../core/json-depth.ts';
import { plainLine } from '../../core/plain-text.ts';
import { parseAnswerJson } from '../answer-json.ts';
import { contextSizeOf } from './about-one-row.ts';
import { errorClass } from './error-class.ts';
import { type HintSubject, hintFor } from './hints.ts';
import { retryAfterMs } from './retry-after.ts';
import { errorInBody, readVendorError, type VendorError } from './vendor-error.ts';

const QUOTED_CHARACTERS = 500;

/** What is known of an answer when it turns out to be a failure. */
export interface FailureContext {
  readonly subject: HintSubject;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Milliseconds since 1970 UTC. */
  readonly nowMs: number;
  readonly requestId: string | null;
  readonly partialText?: string | undefined;
  /** Removes secrets; texts are cut only after it. */
  readonly redact: (text: string) => string;
}

/** Says what is known of an answer; asked only when it is a failure. */
export type FailureContextSource = (partialText?: string) => FailureContext;

/** Makes the error of an answer with a bad status, from its body whatever that is. */
export function failedStatus(text: string, context: FailureContext): CallError {
  const body = parsedOrUndefined(text);
  const value = errorInBody(body) ?? (Array.isArray(body) ? body[0] : body);
  const error = readVendorError(value ?? (looksLikeMarkup(text) ? undefined : text));
  return vendorFailure(error, context);
}

/** Makes the error of a vendor's error object, wherever it was found. */
export function failedByVendor(value: unknown, context: FailureContext): CallError {
  return vendorFailure(readVendorError(value), context);
}

/** Makes the error of an answer that is none, for a reason of our own. */
export function failure(code: CallErrorCode, message: string, context: FailureContext): CallError {
  const { subject } = context;
  return new CallError(code, `${subject.endpoint}: ${message}`, {
    hint: hintFor(code, subject),
    httpStatus: context.status,
    requestId: context.requestId ?? undefined,
    partialText: context.partialText,
  });
}

function vendorFailure(error: VendorError, context: FailureContext): CallError {
  const code = errorClass(context.status, error);
  const words = plainLine(context.redact(error.message), QUOTED_CHARACTERS);
  const said = words === '' ? '' : `: ${words}`;
  const word =
    error.codes[0] === undefined ? '' : ` ${plainLine(context.redact(error.codes[0]), 60)}`;
  const { subject, headers } = context;
  const status = error.innerStatus ?? context.status;
  return new CallError(code, `${subject.endpoint} answered ${context.status}${word}${said}`, {
    hint: hintFor(code, subject),
    httpStatus: context.status,
    retryAfterMs:
      retryAfterMs(headers, status, context.nowMs) ??
      error.retryAfterMs ??
      retryAfterMs(error.headers, status, context.nowMs) ??
      undefined,
    said: firstLineOf(context.redact(error.message)),
    requestId: context.requestId ?? undefined,
    partialText: context.partialText,
    ...(code === 'context_too_long' && { context: contextSizeOf(error) }),
  });
}

/** What a server said, as it may be quoted; undefined if it said nothing. */
function firstLineOf(message: string): string | undefined {
  const [line = ''] = message.trim().split('\n');
  return line === '' ? undefined : plainLine(line, QUOTED_CHARACTERS);
}

/** Parses JSON, with or without a byte order mark; undefined when it is none, or too deep to be of any use. */
export function parsedOrUndefined(text: string): unknown {
  if (isNestedTooDeeply(text)) return undefined;
  try {
    return parseAnswerJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

function looksLikeMarkup(text: string): boolean {
  return /^\s*</.test(text);
}
