/** The ways in which a simulated endpoint says no. */
export type RefusalKind =
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'model_not_found'
  | 'rate_limited'
  | 'tokens_limited'
  | 'busy'
  | 'quota'
  | 'server_error'
  | 'unavailable'
  | 'overloaded';

/** A request that gets an error instead of an answer; each vendor has its own form for it. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  /** The parameter that is wrong, where one is. */
  readonly parameter: string | null;
  /** A status other than the vendor's usual one for this kind. */
  readonly status: number | null;
  /** An inner code other than the vendor's usual one. */
  readonly innerCode: string | number | null;

  constructor(
    kind: RefusalKind,
    message: string,
    details: { parameter?: string; status?: number; innerCode?: string | number } = {},
  ) {
    super(message);
    this.kind = kind;
    this.parameter = details.parameter ?? null;
    this.status = details.status ?? null;
    this.innerCode = details.innerCode ?? null;
  }
}

const KIND_OF_STATUS: Readonly<Record<number, RefusalKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
  503: 'unavailable',
  529: 'overloaded',
};

/** Makes the refusal for any HTTP status of an error. */
export function refusalOfStatus(status: number): Refusal {
  const kind = KIND_OF_STATUS[status] ?? (status < 500 ? 'bad_request' : 'server_error');
  return new Refusal(kind, `A simulated error with status ${status}.`, { status });
}
