import { CallError } from '../../core/call-error.ts';

/** What a segment of a path may hold as it is, though `encodeURIComponent` escapes it. */
const LEGAL = /%(3A|40|26|3D|2B|24|2C|3B)/g;

/**
 * Writes a model's id as a part of a path: what could end the path or its segment is escaped.
 *
 * @throws CallError `bad_request` for an id with `.` or `..` between slashes, which leads elsewhere.
 */
export function pathOfId(id: string): string {
  return id.split('/').map(segment).join('/');
}

function segment(text: string): string {
  if (text === '.' || text === '..') {
    throw new CallError(
      'bad_request',
      `The model's id has a segment \`${text}\`, which no path may have`,
    );
  }
  return encodeURIComponent(text.toWellFormed()).replace(LEGAL, decodeURIComponent);
}
