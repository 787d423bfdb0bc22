import { damaged, ParquetProblem, REWRITE_LINE } from './parquet-problem.ts';
import { ThriftReader } from './thrift-reader.ts';

/** What a page says of itself. */
export interface PageHeader {
  readonly kind: 'data' | 'data-2' | 'dictionary' | 'other';
  /** Bytes, unpacked and as they lie in the file. */
  readonly length: number;
  readonly packedLength: number;
  /** Values, those that are null included. */
  readonly values: number;
  readonly encoding: number;
  /** How the levels of a `data` page are written. */
  readonly definitionEncoding: number;
  readonly repetitionEncoding: number;
  /** Bytes of the levels of a `data-2` page, which are never packed. */
  readonly repetitionBytes: number;
  readonly definitionBytes: number;
  readonly isPacked: boolean;
  /** Bytes of the header itself. */
  readonly headerLength: number;
}

const KINDS = ['data', 'other', 'dictionary', 'data-2'] as const;

/** A page, unpacked, is at most as long as a line of JSON may be. */
const MOST_PAGE_BYTES = 256 * 1024 * 1024;

/** Reads the header at the beginning of some bytes. @throws RangeError where they end too soon; ParquetProblem */
export function readPageHeader(bytes: Buffer): PageHeader {
  const reader = new ThriftReader(bytes);
  const page = {
    kind: 'other' as PageHeader['kind'],
    ...{ length: -1, packedLength: -1, values: 0, encoding: -1 },
    ...{ definitionEncoding: -1, repetitionEncoding: -1 },
    ...{ definitionBytes: 0, repetitionBytes: 0, isPacked: true },
  };
  const integers = (
    read: (field: number, value: () => number, type: number) => boolean,
    type: number,
  ) => reader.struct((field, inner) => read(field, () => reader.integer(inner), inner), type);
  reader.struct((field, type) => {
    if (field === 1) page.kind = KINDS[reader.integer(type)] ?? 'other';
    else if (field === 2) page.length = reader.integer(type);
    else if (field === 3) page.packedLength = reader.integer(type);
    else if (field === 5) {
      integers((inner, value) => {
        if (inner === 1) page.values = value();
        else if (inner === 2) page.encoding = value();
        else if (inner === 3) page.definitionEncoding = value();
        else if (inner === 4) page.repetitionEncoding = value();
        else return false;
        return true;
      }, type);
    } else if (field === 7) {
      integers((inner, value) => {
        if (inner === 1) page.values = value();
        else if (inner === 2) page.encoding = value();
        else return false;
        return true;
      }, type);
    } else if (field === 8) {
      integers((inner, value, kind) => {
        if (inner === 1) page.values = value();
        else if (inner === 4) page.encoding = value();
        else if (inner === 5) page.definitionBytes = value();
        else if (inner === 6) page.repetitionBytes = value();
        else if (inner === 7) page.isPacked = reader.boolean(kind);
        else return false;
        return true;
      }, type);
    } else return false;
    return true;
  });
  return { ...page, headerLength: reader.at };
}

/** @throws ParquetProblem for a page whose numbers cannot be. */
export function checkPageHeader(page: PageHeader): void {
  const { length, packedLength, values, repetitionBytes, definitionBytes } = page;
  const lowest = Math.min(length, packedLength, values, repetitionBytes, definitionBytes);
  if (lowest < 0) throw damaged('a page has a length below zero');
  const levels = repetitionBytes + definitionBytes;
  if (levels > length || levels > packedLength) throw damaged('a page is shorter than its levels');
  if (length > MOST_PAGE_BYTES) {
    throw new ParquetProblem('has a page of more than 256 MB', `Write it anew: ${REWRITE_LINE}`);
  }
}
