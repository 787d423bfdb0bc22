import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEDIA_HEADS, mediaSample } from '../../../test/support/media-samples.ts';
import { kindOfType } from './kind-of-type.ts';
import { mediaTypeOfBytes } from './media-type-of-bytes.ts';

const typeOf = (text: string) => mediaTypeOfBytes(Buffer.from(text, 'latin1'));

describe('the first bytes', () => {
  it.each(Object.keys(MEDIA_HEADS))('tell %s, which is of a known kind', (type) => {
    expect(mediaTypeOfBytes(mediaSample(type, 5000))).toBe(type);
    expect(mediaTypeOfBytes(mediaSample(type))).toBe(type);
    expect(kindOfType(type)).not.toBeNull();
  });

  it.each([
    ['MPEG sound without tags', '\xff\xfb\x90\x64\0', 'audio/mpeg'],
    ['a PDF behind other bytes', `${'\n'.repeat(900)}%PDF-1.4`, 'application/pdf'],
    [
      'an image of several kinds by what it goes with',
      '\0\0\0\x1cftypmif1\0\0\0\0mif1heic',
      'image/heic',
    ],
    ['an old MP4', '\0\0\0\x18ftypisom\0\0\0\0isomavc1', 'video/mp4'],
    ['an image in the old GIF form', 'GIF87a', 'image/gif'],
  ])('tell %s', (_, head, type) => {
    expect(typeOf(head)).toBe(type);
  });

  it.each([
    ['nothing', ''],
    ['text', 'root:x:0:0:root:/root:/bin/bash\n'],
    ['keys', 'OPENAI_API_KEY=sk-1\n'],
    ['a script', '#!/bin/sh\n'],
    ['markup', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a text that begins like a bitmap', 'BMW builds cars, and more.'],
    ['UTF-16', '\xff\xfeh\0i\0'],
    ['a PDF mark too far behind', `${'\n'.repeat(1100)}%PDF-1.4`],
    ['an archive', 'PK\x03\x04'],
    ['a program', '\x7fELF\x02'],
  ])('of %s tell none', (_, head) => {
    expect(typeOf(head)).toBeNull();
  });

  it('never fail, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (head) => {
        const type = mediaTypeOfBytes(head);
        expect(type === null || kindOfType(type) !== null).toBe(true);
      }),
    );
  });
});
