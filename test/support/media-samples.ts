/** The first bytes of files of every kind that is told by them, by their media type. */
export const MEDIA_HEADS: Readonly<Record<string, string>> = {
  'image/png': '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
  'image/jpeg': '\xff\xd8\xff\xe0\0\x10JFIF',
  'image/gif': 'GIF89a\x01\0',
  'image/webp': 'RIFF\x24\0\0\0WEBPVP8 ',
  'image/bmp': 'BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0',
  'image/tiff': 'II*\0\x08\0\0\0',
  'image/heic': '\0\0\0\x18ftypheic\0\0\0\0mif1heic',
  'image/avif': '\0\0\0\x1cftypavif\0\0\0\0avifmif1',
  'audio/wav': 'RIFF\x24\0\0\0WAVEfmt ',
  'audio/mpeg': 'ID3\x04\0\0\0\0\0\0',
  'audio/flac': 'fLaC\0\0\0\x22',
  'audio/ogg': 'OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0OpusHead',
  'audio/aac': '\xff\xf1\x50\x80\x02\x1f\xfc',
  'audio/aiff': 'FORM\0\0\0\x1eAIFFCOMM',
  'audio/mp4': '\0\0\0\x18ftypM4A \0\0\0\0M4A mp42',
  'video/mp4': '\0\0\0\x18ftypmp42\0\0\0\0isommp42',
  'video/quicktime': '\0\0\0\x14ftypqt  \0\0\0\0qt  ',
  'video/webm': '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm',
  'video/x-matroska': '\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska',
  'video/x-msvideo': 'RIFF\x24\0\0\0AVI LIST',
  'video/mpeg': '\0\0\x01\xba\x44\0',
  'video/x-flv': 'FLV\x01\x05',
  'video/3gpp': '\0\0\0\x18ftyp3gp5\0\0\0\0isom3gp5',
  'video/x-ms-wmv': '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c',
  'application/pdf': '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n',
};

/** A file of a kind: its first bytes, and as many more as make it `size` long; default no more. */
export function mediaSample(mediaType: string, size = 0): Buffer {
  const head = Buffer.from(MEDIA_HEADS[mediaType]!, 'latin1');
  return Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length), 0x5a)]);
}
