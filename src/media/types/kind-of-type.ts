import type { MediaKind } from '../../core/media.ts';

/** Other names of types, by which the first bytes' own name is no correction. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/x-ms-bmp': 'image/bmp',
  'audio/mp3': 'audio/mpeg',
  'audio/mpeg3': 'audio/mpeg',
  'audio/x-mpeg': 'audio/mpeg',
  'audio/mpga': 'audio/mpeg',
  'audio/wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/x-aiff': 'audio/aiff',
  'audio/aif': 'audio/aiff',
  'audio/aacp': 'audio/aac',
  'audio/x-aac': 'audio/aac',
  'audio/opus': 'audio/ogg',
  'audio/vorbis': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'video/mov': 'video/quicktime',
  'video/avi': 'video/x-msvideo',
  'video/msvideo': 'video/x-msvideo',
  'video/mpg': 'video/mpeg',
  'video/mpegps': 'video/mpeg',
  'video/wmv': 'video/x-ms-wmv',
  'video/flv': 'video/x-flv',
  'video/x-m4v': 'video/mp4',
  'video/mkv': 'video/x-matroska',
  'application/x-pdf': 'application/pdf',
};

/** By the ends of names: what an address holds whose bytes are not here. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heif',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  avif: 'image/avif',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  aiff: 'audio/aiff',
  aif: 'audio/aiff',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  avi: 'video/x-msvideo',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  flv: 'video/x-flv',
  wmv: 'video/x-ms-wmv',
  '3gp': 'video/3gpp',
  pdf: 'application/pdf',
};

/** The one name of a media type that is used here, without parameters. */
export function usualType(mediaType: string): string {
  const type = mediaType.split(';')[0]!.trim().toLowerCase();
  return Object.hasOwn(OTHER_NAMES, type) ? OTHER_NAMES[type]! : type;
}

/** The kind of a media type; null for one of no kind that is known. */
export function kindOfType(mediaType: string): MediaKind | null {
  const type = usualType(mediaType);
  if (type === 'application/pdf') return 'document';
  const [main] = type.split('/');
  return main === 'image' || main === 'audio' || main === 'video' ? main : null;
}

/** The media type that the end of a name or of an address tells; null if it tells none. */
export function typeOfName(name: string): string | null {
  const [, extension = ''] = /\.([a-z0-9]{2,5})(?:[?#][\s\S]*)?$/i.exec(name) ?? [];
  const word = extension.toLowerCase();
  return Object.hasOwn(EXTENSIONS, word) ? EXTENSIONS[word]! : null;
}
