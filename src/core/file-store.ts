/** A file that a vendor keeps, for requests to name. */
export interface StoredFile {
  /** The vendor's name for it, such as `files/abc`. */
  readonly name: string;
  /** How requests name it. */
  readonly uri: string;
  readonly mediaType: string | null;
  /** In bytes; null if it is not said. */
  readonly size: number | null;
  /** In hexadecimal; null if it is not said. */
  readonly sha256: string | null;
  /** What its owner called it; null if nothing. */
  readonly displayName: string | null;
  /** Only an `active` file can be asked about. */
  readonly state: 'active' | 'processing' | 'failed';
  /** Why its vendor could not process it; null where nothing is said. */
  readonly failure: string | null;
  /** When it goes by itself, in milliseconds since 1970 UTC; null if it is not said. */
  readonly expiresAtMs: number | null;
}

/** A file on its way to a vendor. */
export interface FileToStore {
  readonly name: string | null;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** Its bytes, from the first; each piece is valid until the next one is asked for. */
  chunks(): AsyncIterable<Buffer>;
}

/** The files that a vendor keeps for an account. Its methods make one try each, and throw CallErrors. */
export interface FileStore {
  /** Where it is, such as `gemini https://…/v1beta`; no secret. Those of two accounts may be at the same. */
  readonly address: string;
  /** Brings a file there; it may still be processed then. */
  upload(file: FileToStore): Promise<StoredFile>;
  /** What the vendor says of a file; null when it is not there, or not this account's. */
  find(name: string): Promise<StoredFile | null>;
  /** All files, page by page. */
  list(): AsyncIterable<readonly StoredFile[]>;
  /** Removes a file; false when it is not there. */
  delete(name: string): Promise<boolean>;
}
