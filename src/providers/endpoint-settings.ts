import type { SimpleModel } from '../core/model.ts';
import type { StructuredLevel } from '../core/structured-output.ts';
import type { DefaultCredentials } from './account.ts';
import type { Price } from './prices/price.ts';
import type { ProxySettings } from './transport/proxy-choice.ts';

/** Everything an endpoint needs to be asked: an address, an account, and how to get there. */
export interface EndpointSettings {
  /** Shown in messages: `openai`, a name of the user's `endpoints:`, or the URL. */
  readonly name: string;
  /** `ProviderDescription.name` of the protocol it speaks; `openai-compatible` for a bare URL. */
  readonly provider: string;
  /** With or without the version path; a query in it is sent with each call. */
  readonly baseUrl: string;
  /** Null: no key header is sent at all. */
  readonly apiKey: string | null;
  /** The variable that the key was read from; default: the usual one, where the name is the provider's. */
  readonly keyVariable?: string | undefined;
  /** Sent with each call; they win over what the adapter writes. */
  readonly headers: Readonly<Record<string, string>>;
  /** Most calls in flight at once, at least 1: one connection each. */
  readonly connections: number;
  readonly proxy: ProxySettings;
  /** A file of certificates in PEM form to trust besides Node's own; default: none. */
  readonly certificateFile?: string | undefined;
  /** The user's own price; null: the public price list's. */
  readonly price: Price | null;
  /** Azure's `api-version`; one in the query of the address wins. */
  readonly apiVersion?: string | undefined;
  /** What is billed; default: what its account's credentials name. */
  readonly project?: string | undefined;
  /** Where in the world it is asked, such as `europe-west4`; default: the vendor's usual place. */
  readonly location?: string | undefined;
  /** Where the vendor's default credentials are; undefined: none are sent to this endpoint. */
  readonly credentials?: DefaultCredentials | undefined;
  /** Whether calls that do not say it are streamed; default: where the caller wants pieces. Never changed by itself. */
  readonly stream?: boolean | undefined;
  /** The level at which answers are asked to follow a schema; default: the firmest that the provider has. */
  readonly structured?: StructuredLevel | undefined;
  /**
   * The path of a call behind the base URL, which is then used as it is; `{model}` stands for the model's id. Default:
   * the protocol's.
   */
  readonly path?: string | undefined;
  /** Every secret known to the process: none appears in any text that leaves the transport. */
  readonly secrets: readonly string[];
}

/** One account at one address. Its models share connections. */
export interface Endpoint {
  /**
   * Opens a model, loading what its provider needs.
   *
   * @throws TuttiError `unknown_model` for a provider that does not exist, `bad_settings` for an
   *   address that is not one.
   */
  model(modelId: string, reference: string): Promise<SimpleModel>;
  /** Closes its connections; calls in flight fail. */
  close(): Promise<void>;
}
