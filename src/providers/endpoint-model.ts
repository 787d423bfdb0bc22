import type { FileStore } from '../core/file-store.ts';
import type {
  GenerateOptions,
  GenerateRequest,
  Generation,
  GenerationReceiver,
  LearnedForm,
  RequestMode,
  SimpleModel,
} from '../core/model.ts';
import type { Usage } from '../core/usage.ts';
import type { EndpointLink } from './endpoint-link.ts';
import { EndpointTry } from './endpoint-try.ts';
import type { AnswerFormat, ModelAddress } from './provider.ts';
import type { MessageTaker } from './refused-messages.ts';
import { RequestForms } from './request-form.ts';
import { StructuredRequests } from './structured-request.ts';

/** What the calls of one model share. */
export interface ModelLink {
  readonly endpoint: EndpointLink;
  readonly address: ModelAddress;
  readonly taker: MessageTaker;
  /** The files that the vendor keeps for the account; undefined where it keeps none. */
  readonly files: FileStore | undefined;
  readonly forms: RequestForms;
  readonly formats: Readonly<Record<RequestMode, AnswerFormat>>;
  /** Writes schemas into requests. */
  readonly structured: StructuredRequests;
  /** A model's name without secrets, as the record has it. */
  shownName(name: string): string;
}

/**
 * One model of an endpoint: the provider writes each request, the transport sends it, and the
 * provider's format reads the body as it came.
 */
export class EndpointModel implements SimpleModel {
  readonly reference: string;
  readonly severalChoices: boolean;
  readonly maxEmbeddings: number | null;
  readonly files: FileStore | undefined;
  readonly #link: ModelLink;

  constructor(
    modelId: string,
    reference: string,
    endpoint: EndpointLink,
    files: FileStore | undefined,
  ) {
    const { provider } = endpoint;
    const { completionMode } = provider;
    const { structured, embeddings } = provider.description;
    this.reference = reference;
    this.severalChoices = provider.choicesParameter !== null;
    this.maxEmbeddings =
      embeddings === undefined ? null : (embeddings.maxTexts ?? Number.POSITIVE_INFINITY);
    this.files = files;
    this.#link = {
      endpoint,
      files,
      address: addressOfModel(endpoint, modelId),
      taker: { ...provider.description, completionMode },
      forms: new RequestForms({
        stream: endpoint.settings.stream,
        structured: endpoint.settings.structured,
        levels: structured,
        refusedLevel: provider.schemaFields?.refusal,
      }),
      formats: {
        chat: provider.format('chat'),
        completion: provider.format('completion'),
        embedding: provider.format('embedding'),
      },
      structured: new StructuredRequests(provider, modelId),
      shownName: rememberLast((name) => endpoint.secrets.redact(name)),
    };
  }

  costOf(usage: Usage): Promise<number | null> | number | null {
    const { endpoint, address } = this.#link;
    return endpoint.cost([address.id], usage, {});
  }

  learned(): LearnedForm | null {
    return this.#link.forms.learned;
  }

  recall(form: LearnedForm): void {
    this.#link.forms.recall(form);
  }

  generate(request: GenerateRequest, options: GenerateOptions): Promise<Generation> {
    return new Promise((answered, failed) => {
      this.start(request, options, { answered, failed });
    });
  }

  start(request: GenerateRequest, options: GenerateOptions, receiver: GenerationReceiver): void {
    new EndpointTry(this.#link, request, options, receiver).start();
  }
}

/** Nearly every answer names the same model. */
function rememberLast(work: (text: string) => string): (text: string) => string {
  let last: string | undefined;
  let result = '';
  return (text) => {
    if (text !== last) {
      result = work(text);
      last = text;
    }
    return result;
  };
}

/** Writes down what the requests to one of an endpoint's models are written from. */
function addressOfModel(
  { settings, baseUrl, origin, headers, query, account }: EndpointLink,
  id: string,
): ModelAddress {
  const basePath = baseUrl.slice(origin.length);
  const apiVersion = new URLSearchParams(query).get('api-version') ?? settings.apiVersion;
  const project = settings.project ?? account?.project ?? undefined;
  return { id, basePath, headers, apiVersion, project, location: settings.location };
}
