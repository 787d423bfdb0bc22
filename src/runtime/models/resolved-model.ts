import type { StructuredLevel } from '../../core/structured-output.ts';
import type { DefaultCredentials, Price } from '../../providers/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import type { FoundConsortium } from '../consortiums/saved-consortiums.ts';
import type { VariableOrigin } from '../environment/variable-layers.ts';

/** Where a key was found; never the key. */
export interface KeySource {
  readonly variable: string;
  readonly origin: VariableOrigin;
  /** `shell`, `.env:3`, or the path of the keys file and the line. */
  readonly where: string;
}

/** A model at an endpoint: everything that is needed to ask it. */
export interface ResolvedEndpointModel {
  readonly kind: 'endpoint';
  /** As the user wrote it; names the model in output. */
  readonly reference: string;
  readonly modelId: string;
  /** `openai`, a name of `endpoints:`, or the base URL. */
  readonly endpointName: string;
  /** `ProviderDescription.name`. */
  readonly provider: string;
  readonly baseUrl: string;
  /** What set the base URL: a variable with its place, a settings file and line, or null for the usual one. */
  readonly baseUrlSource: string | null;
  /** A secret: for `EndpointSettings.apiKey` alone. */
  readonly apiKey: string | null;
  readonly keySource: KeySource | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Limits of the whole endpoint from settings; empty when none are set. */
  readonly limits: Limits;
  readonly price: Price | null;
  readonly apiVersion: string | undefined;
  /** What is billed; undefined: what the credentials name. */
  readonly project?: string | undefined;
  /** Where in the world it is asked; undefined: at the vendor's usual place. */
  readonly location?: string | undefined;
  /** The vendor's default credentials, where it is asked with them instead of a key. */
  readonly credentials?: DefaultCredentials | undefined;
  /** Whether the models of its server take turns; undefined: as its provider has it. */
  readonly oneModelAtATime?: boolean | undefined;
  /** Whether its calls are streamed; undefined: as the caller wants it, or the server. */
  readonly stream?: boolean | undefined;
  /** The level at which answers are asked to follow a schema; undefined: the firmest that its provider has. */
  readonly structured?: StructuredLevel | undefined;
  /** The path of a call behind the base URL; undefined: the protocol's. */
  readonly path?: string | undefined;
  /** The lane of its calls unless a group says otherwise: endpoint and model. */
  readonly laneName: string;
}

/** A simulated model, which starts by itself. */
export interface SimulatedModel {
  readonly kind: 'sim';
  readonly reference: string;
  /** As limits files name it. */
  readonly modelId: string;
  /** Its name among the simulated models, with its parameters: `quick`, `member?skill=0.7`. */
  readonly simulatedAs: string;
  /** `test` is prompto's name for a model that fails and answers as its row says. */
  readonly endpointName: 'sim' | 'test';
  /** Whether its calls are streamed; undefined: as the caller wants it. */
  readonly stream?: boolean | undefined;
  readonly laneName: string;
}

/** A model with a lane of its own. */
export type SimpleResolvedModel = ResolvedEndpointModel | SimulatedModel;

/** Several models that agree on one answer, each found. */
export interface ResolvedConsortium {
  readonly kind: 'consortium';
  readonly reference: string;
  readonly name: string;
  /** Its definition, of which nothing is wrong. */
  readonly found: FoundConsortium;
  /** The models of its options' members, in their order, each once whatever its count. */
  readonly members: readonly ResolvedModel[];
  readonly arbiters: readonly ResolvedModel[];
  /** The models that strategies name, in the order of the strategies. */
  readonly strategyModels: readonly ResolvedModel[];
  /** Of all that changes what it asks, 12 hexadecimal digits. */
  readonly hash: string;
  /** As limits files would name it: they limit its parts. */
  readonly modelId: string;
  readonly endpointName: 'consortium';
  /** What it stands for today: its name and the hash. It has no lane. */
  readonly laneName: string;
}

/** A model that can be asked. */
export type ResolvedModel = SimpleResolvedModel | ResolvedConsortium;

/** One of the things that are wrong with a consortium. */
export interface ConsortiumProblem {
  /** A sentence, with file, line and column where a file says it. */
  readonly message: string;
  readonly hint: string | null;
}

/** Why a reference names no model that can be asked. No value of a variable is in it. */
export interface ModelProblem {
  readonly kind: 'problem';
  readonly code: 'unknown_model' | 'missing_key' | 'bad_settings';
  readonly reference: string;
  readonly message: string;
  readonly hint: string;
  /** Of a consortium, each thing that is wrong with it; `message` has all of them. */
  readonly parts?: readonly ConsortiumProblem[];
}
