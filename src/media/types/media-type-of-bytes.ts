/** So many first bytes tell the type. */
export const HEAD_BYTES = 4096;

/** Texts that files begin with, by the place of their first byte. */
const MARKS: readonly (readonly [start: number, mark: string, type: string])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [0, 'II*\0', 'image/tiff'],
  [0, 'MM\0*', 'image/tiff'],
  [0, 'ID3', 'audio/mpeg'],
  [0, 'fLaC', 'audio/flac'],
  [0, 'FLV\x01', 'video/x-flv'],
  [0, '\0\0\x01\xba', 'video/mpeg'],
  [0, '\0\0\x01\xb3', 'video/mpeg'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c', 'video/x-ms-wmv'],
];

/** What is in a RIFF or IFF file, by the word behind its length. */
const CONTAINERS: Readonly<Record<string, string>> = {
  'RIFF WEBP': 'image/webp',
  'RIFF WAVE': 'audio/wav',
  'RIFF AVI ': 'video/x-msvideo',
  'FORM AIFF': 'audio/aiff',
  'FORM AIFC': 'audio/aiff',
};

/** What is in a file of MPEG-4's family, by its brand. */
const BRANDS: readonly (readonly [brand: RegExp, type: string])[] = [
  [/^avi[fs]/, 'image/avif'],
  [/^(?:hei[cxms]|hev[cxms])/, 'image/heic'],
  [/^(?:mif1|msf1)/, 'image/heif'],
  [/^(?:M4[ABP] )/, 'audio/mp4'],
  [/^qt {2}/, 'video/quicktime'],
  [/^3g[gps2]/, 'video/3gpp'],
];

/**
 * The media type that the first bytes of a file tell; null where they are none of an image, a sound, a PDF or a video.
 * What a file is called tells nothing.
 */
export function mediaTypeOfBytes(head: Uint8Array): string | null {
  const text = Buffer.from(
    head.buffer,
    head.byteOffset,
    Math.min(head.length, HEAD_BYTES),
  ).toString('latin1');
  const mark = MARKS.find(([start, word]) => text.startsWith(word, start));
  if (mark !== undefined) return mark[2];
  return containerType(text) ?? bitmapType(text) ?? pdfType(text) ?? soundType(text);
}

/** The media type of base64; null where its first bytes are none of an image, a sound, a PDF or a video. */
export function mediaTypeOfBase64(base64: string): string | null {
  return mediaTypeOfBytes(Buffer.from(base64.slice(0, HEAD_BYTES * 2), 'base64'));
}

function containerType(text: string): string | null {
  const container = `${text.slice(0, 4)} ${text.slice(8, 12)}`;
  if (Object.hasOwn(CONTAINERS, container)) return CONTAINERS[container]!;
  if (text.slice(4, 8) === 'ftyp') return brandType(text);
  if (text.startsWith('\x1a\x45\xdf\xa3')) {
    return text.slice(0, 64).includes('webm') ? 'video/webm' : 'video/x-matroska';
  }
  if (text.startsWith('OggS')) return /theora/.test(text.slice(0, 256)) ? 'video/ogg' : 'audio/ogg';
  return null;
}

/** The first brand tells, unless it is one that several kinds have: then those that it goes with do. */
function brandType(text: string): string {
  const size = Buffer.from(text.slice(0, 4), 'latin1').readUInt32BE();
  const first = text.slice(8, 12);
  const brands = [first];
  if (/^m[is]f1/.test(first)) {
    for (let at = 16; at + 4 <= Math.min(size, 256); at += 4) brands.push(text.slice(at, at + 4));
    brands.sort((left, right) => Number(/^m[is]f1/.test(left)) - Number(/^m[is]f1/.test(right)));
  }
  for (const brand of brands) {
    const known = BRANDS.find(([pattern]) => pattern.test(brand));
    if (known !== undefined) return known[1];
  }
  return 'video/mp4';
}

/** The two letters of a bitmap are too few: its header must have a length that there is. */
function bitmapType(text: string): string | null {
  if (!text.startsWith('BM') || text.length < 18) return null;
  const header = Buffer.from(text.slice(14, 18), 'latin1').readUInt32LE();
  return [12, 40, 52, 56, 64, 108, 124].includes(header) ? 'image/bmp' : null;
}

/** Readers take a PDF whose mark stands anywhere in the first 1,024 bytes. */
function pdfType(text: string): string | null {
  return text.slice(0, 1024).includes('%PDF-') ? 'application/pdf' : null;
}

/** A frame of MPEG sound: its sync, layer II or III (UTF-16 looks like layer I), and rates that there are. */
function soundType(text: string): string | null {
  const [first = 0, second = 0, third = 0] = Buffer.from(text.slice(0, 3), 'latin1');
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return null;
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  const layer = second & 0x06;
  const isLayer = (layer === 0x02 || layer === 0x04) && (second & 0x18) !== 0x08;
  return isLayer && third >> 4 !== 0x0f && (third & 0x0c) !== 0x0c ? 'audio/mpeg' : null;
}
