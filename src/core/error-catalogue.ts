/** What a failed call means for the calls that follow it. */
export interface ErrorKind {
  /** True when the same call may succeed later. */
  readonly retryable: boolean;
  /**
   * `call`: only this call failed. `row`: it failed because of what it asks. `server`: the server could not do its
   * work; together with others that is an overload, which uses up no attempt. `wait`: the endpoint asks to slow
   * down, which uses up no attempt. `outage`: the server was never reached, which uses up no attempt once it has
   * been reached before. `lane`: no call of this lane can succeed. `park`: the lane must rest until its quota is
   * renewed.
   */
  readonly scope: 'call' | 'row' | 'server' | 'wait' | 'outage' | 'lane' | 'park';
}

const CALL_RETRIED: ErrorKind = { retryable: true, scope: 'call' };
const CALL_FINAL: ErrorKind = { retryable: false, scope: 'call' };
const ROW: ErrorKind = { retryable: false, scope: 'row' };
const SERVER: ErrorKind = { retryable: true, scope: 'server' };
const LANE: ErrorKind = { retryable: false, scope: 'lane' };

/** Every way in which a call can fail. The names are permanent: they are written into records. */
export const CALL_ERRORS = {
  rate_limited: { retryable: true, scope: 'wait' },
  overloaded: SERVER,
  server_error: SERVER,
  conflict: CALL_RETRIED,
  timeout: SERVER,
  connection_reset: SERVER,
  connection_failed: { retryable: true, scope: 'outage' },
  dns_failed: { retryable: true, scope: 'outage' },
  response_truncated: CALL_RETRIED,
  response_not_json: CALL_RETRIED,
  response_empty: CALL_RETRIED,
  response_without_choice: CALL_RETRIED,
  empty_answer: CALL_RETRIED,
  cut_before_text: CALL_FINAL,
  error_in_response: CALL_RETRIED,
  stream_incomplete: CALL_RETRIED,
  quota_exhausted: { retryable: true, scope: 'park' },
  unauthorized: LANE,
  model_not_found: LANE,
  tls_failed: LANE,
  proxy_refused: LANE,
  forbidden: CALL_FINAL,
  bad_request: CALL_FINAL,
  context_too_long: ROW,
  quorum_missed: ROW,
  media_refused: ROW,
  media_changed: ROW,
  content_filtered: ROW,
  response_too_large: ROW,
  encoding_refused: CALL_FINAL,
  unexpected_redirect: LANE,
  not_sent: { retryable: true, scope: 'call' },
  cancelled: { retryable: true, scope: 'call' },
  /** Of several objects that an answer had to give, some are not what was asked for; the others are kept. */
  partial: ROW,
  /** Nothing of an answer is what was asked for. */
  invalid_output: ROW,
  deadline_passed: { retryable: true, scope: 'call' },
  workflow_failed: CALL_FINAL,
  internal: CALL_FINAL,
} as const satisfies Record<string, ErrorKind>;

/** The permanent code of a failed call. */
export type CallErrorCode = keyof typeof CALL_ERRORS;

/** Everything that can stop a command before or while it works. The names are permanent. */
const STOP_ERRORS = [
  'bad_usage',
  'bad_settings',
  'bad_input',
  'unknown_model',
  'missing_key',
  'untrusted_settings',
  'run_changed',
  'run_locked',
  'run_unknown',
  'unsafe_folder',
  'newer_format',
  'file_missing',
  'file_unreadable',
  'file_unwritable',
  'disk_full',
  'port_in_use',
  'interrupted',
  'internal_error',
  'no_comparisons',
  'not_comparable',
  'too_many_items',
] as const;

/** The permanent code of an error that stops a command. */
export type StopErrorCode = (typeof STOP_ERRORS)[number];
