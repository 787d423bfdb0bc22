/** Which headers a request carries besides what the SDK wrote. */
export interface HeaderRules {
  /** The header that carries the key, in lower case. */
  readonly keyHeader: string;
  /** False: the key header is removed, whatever the SDK put into it. */
  readonly hasKey: boolean;
  /** The user's own, with names in lower case; they win. */
  readonly own: Readonly<Record<string, string>>;
}

/** Finishes the headers of a request. `accept-encoding` is never asked for by itself. */
export function finishHeaders(
  sdkHeaders: Readonly<Record<string, string>>,
  rules: HeaderRules,
): Record<string, string> {
  const headers = { ...sdkHeaders };
  if (!rules.hasKey) delete headers[rules.keyHeader];
  headers['user-agent'] = 'tutti';
  return Object.assign(headers, rules.own);
}
