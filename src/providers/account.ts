import type { Clock } from '../core/clock.ts';
import type { EndpointSettings } from './endpoint-settings.ts';

/** Where a vendor's default credentials are, as far as the environment says. */
export interface DefaultCredentials {
  /** The file that holds them; null: the machine's own metadata server is asked. */
  readonly file: string | null;
  /** What named the file, as it may be shown; the places that were looked at where there is none. */
  readonly where: string;
  /** Host, with a port or not, of the metadata server. */
  readonly metadataHost: string;
  /** The project that the vendor's own tools have chosen; null if none is. */
  readonly project: string | null;
}

/** Who asks, where a server wants tokens that end after a while instead of a key. */
export interface Account {
  /** What is billed unless the settings name another one; null when that is not known. */
  readonly project: string | null;
  /** Where its credentials are, as it may be shown. */
  readonly where: string;
  /** Tokens that must not be shown; another list once they have changed. */
  readonly secrets: readonly string[];
  /**
   * The headers of a request that is sent now; a promise only while a token is fetched.
   *
   * @throws CallError when no token can be had.
   */
  headers(): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** Ends its connections. */
  close(): Promise<void>;
}

/**
 * Opens the account that an endpoint is asked with; undefined where it has a key, or no credentials are given to it.
 *
 * @throws TuttiError `bad_settings` for credentials that cannot be used, `missing_key` where there are none.
 */
export type OpenAccount = (
  settings: EndpointSettings,
  clock: Clock,
) => Promise<Account | undefined>;
