import type { MediaRules } from '../core/media.ts';
import type { StructuredLevel } from '../core/structured-output.ts';

/**
 * One more variable that a provider's settings are read from, such as Azure's API version. Of those for one setting the
 * usual one comes first.
 */
export interface ExtraVariable {
  readonly name: string;
  /** The field of `EndpointSettings` that it fills, or the file of its credentials. */
  readonly setting: 'apiVersion' | 'project' | 'location' | 'credentialsFile';
  /** What is used when it is not set; absent: nothing. */
  readonly defaultValue?: string;
}

/** A variable whose value is sent as a header with each call, such as the organisation that pays. */
export interface HeaderVariable {
  readonly name: string;
  /** In lower case. */
  readonly header: string;
}

/**
 * What an API cannot be told in messages, as data. Such messages are refused before anything is sent;
 * whatever else is wrong with some is the server's to refuse.
 */
export interface MessageRules {
  /** Given if the API has one place for all system messages: in front of all others. */
  readonly system?: {
    /** The keys under which the text of one, or its parts, may stand. */
    readonly textIn: readonly string[];
    /** True: other keys can be sent beside a text, as those of its part. False: none can. */
    readonly keysBesideText: boolean;
  };
  /** True: a last message of the assistant must have a text that does not end in white space. */
  readonly lastAssistantEndsInText?: boolean;
  /** True: it takes one text of the user's and nothing else. */
  readonly onlyOneText?: boolean;
}

/** Where prompto sends rows of its form in another way, as data: such rows are counted and told. */
export interface PromptoDifference {
  /** Which rows: all of them; those whose prompt is one text; those without `safety_filter`. */
  readonly rows: 'all' | 'one_text' | 'without_safety_filter';
  /** It is none where one of these variables is set; default: always. */
  readonly unlessSet?: readonly string[];
  /** What differs, as a clause without a full stop. */
  readonly says: string;
}

/** What the rest of the program may know of a provider without loading it. */
export interface ProviderDescription {
  /** The word before the slash of a model reference: `openai`, `gemini`, `groq`. */
  readonly name: string;
  /** The name as people write it: `OpenAI`. */
  readonly label: string;
  /** Where the key is looked for, the usual variable first; empty if it never takes a key. */
  readonly keyVariables: readonly string[];
  /** False when it also answers without a key. */
  readonly keyRequired: boolean;
  /** Where the base URL is looked for, the usual variable first. */
  readonly baseUrlVariables: readonly string[];
  /** The address unless the user sets another one; null: the user must set it. */
  readonly defaultBaseUrl: string | null;
  /** True when one request can carry several choices. Derived from the adapter by the generator. */
  readonly severalChoices: boolean;
  /** True when it has the older text-completion form. Derived from the adapter by the generator. */
  readonly completionMode: boolean;
  /** True when a model's id is a part of the path that is asked, which cannot lead elsewhere. Default false. */
  readonly idInPath?: boolean;
  /** Whose default credentials it takes where it has no key; absent: nobody's. */
  readonly defaultCredentials?: 'google';
  /** Given where a server has one model in memory at a time: its models take turns. */
  readonly oneModelAtATime?: {
    /** Hosts of which that is not true, such as the vendor's own. */
    readonly exceptAt: readonly string[];
  };
  /** True when its model may go without a name, being the only one of its server. Default false. */
  readonly modelOptional?: boolean;
  /** What its messages cannot be; absent: nothing is refused here. */
  readonly messages?: MessageRules;
  /** How its answers can be bound to a schema; absent: by words in the prompt alone. */
  readonly structured?: {
    /** The levels that it has, the firmest first; the last is `prompt`. */
    readonly levels: readonly StructuredLevel[];
    /** Parameters with which a user says the same, which cannot stand beside a schema; `a.b` is `b` within `a`. */
    readonly parameters: readonly string[];
  };
  /** Given where it can be asked for embeddings. */
  readonly embeddings?: {
    /** Most texts of one request; null: as many as fit. */
    readonly maxTexts: number | null;
  };
  /** What it can be told besides text; absent: text only. */
  readonly media?: MediaRules;
  readonly extraVariables?: readonly ExtraVariable[];
  readonly headerVariables?: readonly HeaderVariable[];
  /** Where prompto sends its rows otherwise; absent: nowhere. */
  readonly unlikePrompto?: readonly PromptoDifference[];
  /** What a user should know of it, as a sentence or two for the documentation. */
  readonly note?: string;
}
