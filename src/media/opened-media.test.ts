import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { mediaSample } from '../../test/support/media-samples.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { JsonValue } from '../core/json.ts';
import type { MediaRules } from '../core/media.ts';
import { bytesOf, isMediaPart, partsWithBytes } from '../core/media-part.ts';
import type { Message } from '../core/message.ts';
import type { MediaTarget } from './index.ts';
import { OpenedMedia } from './opened-media.ts';

const WEB = ['https'];
const target = (form: MediaRules['form'], more: Partial<MediaRules> = {}): MediaTarget => ({
  label: 'The API',
  rules: {
    form,
    kinds: {
      image: { types: ['image/png', 'image/jpeg'], addresses: WEB },
      document: { addresses: [] },
    },
    ...more,
  },
});
const CHAT = target('openai-chat');

let folder = '';
let media: OpenedMedia;
beforeEach(() => {
  folder = temporaryFolder();
  for (const [name, type] of FILES) writeFileSync(join(folder, name), mediaSample(type));
  writeFileSync(join(folder, '.env'), 'OPENAI_API_KEY=sk-123\n');
  media = new OpenedMedia({ folder, clock: new FakeClock() });
});

const FILES = [
  ['cat.png', 'image/png'],
  ['wrong.jpg', 'image/png'],
  ['a.pdf', 'application/pdf'],
  ['a.mp3', 'audio/mpeg'],
  ['a.tif', 'image/tiff'],
] as const;

const user = (...content: JsonValue[]): Message[] => [{ role: 'user', content }];
const image = (url: string) => ({ type: 'image_url', image_url: { url } });

async function said(messages: readonly Message[], of = CHAT) {
  const found = await media.check(messages, of);
  const texts = (list: readonly { message: string; hint: string | null }[] = []) =>
    list.map(({ message, hint }) => `${message} | ${hint}`);
  return { problems: texts(found?.problems), notes: texts(found?.notes) };
}

async function converted(messages: readonly Message[], of = CHAT) {
  expect((await said(messages, of)).problems).toEqual([]);
  return media.convert(messages, of);
}

describe('the media of a row', () => {
  it('become parts with their bytes, and what is only text becomes text', async () => {
    const messages = user({ type: 'text', text: 'What is it?' }, image('cat.png'));
    const [message] = await converted(messages);
    expect(message!.content[0]).toBe('What is it?');
    const part = message!.content[1] as JsonValue;
    expect(isMediaPart(part)).toBe(true);
    expect(part).toMatchObject({
      kind: 'image',
      mediaType: 'image/png',
      name: 'cat.png',
      url: null,
    });
    const [bytes] = partsWithBytes([message!]).map((one) => bytesOf(one)!);
    const held = await media.hold([bytes!]);
    expect(held.base64Of(bytes!).toString()).toBe(mediaSample('image/png').toString('base64'));
    held.release();
  });

  it('leave a conversation as it is that names no file and is in the own form of the API', async () => {
    const conversations: Message[][] = [
      [{ role: 'user', content: 'a.png' }],
      user({ type: 'text', text: 'a', cache_control: {} }, image('https://example.com/a')),
      user(image('data:image/png;base64,AAAA'), { type: 'file', file: { file_id: 'f' } }),
      user({ type: 'anything', of: 'theirs' }),
      [{ role: 'tool', content: null as never, tool_calls: [] }],
    ];
    for (const messages of conversations) {
      expect(media.check(messages, CHAT)).toBeNull();
      expect(media.convert(messages, CHAT)).toBe(messages);
    }
    expect(media.digest).toBeNull();
  });

  it('are put right in the own form of the API where it would refuse them', async () => {
    const png = mediaSample('image/png').toString('base64');
    const jpeg = mediaSample('image/jpeg').toString('base64');
    const anthropic = target('anthropic');
    const source = (media_type: string, data: string) => ({
      ...{ type: 'image', source: { type: 'base64', media_type, data } },
      cache_control: {},
    });
    for (const [part, of, mediaType] of [
      [source('image/png', jpeg), anthropic, 'image/jpeg'],
      [source('image/jpg', jpeg), anthropic, 'image/jpeg'],
      [source('image/png', `data:image/png;base64,${png}`), anthropic, 'image/png'],
      [image(`data:image/png;base64,${jpeg}`), CHAT, 'image/jpeg'],
      [image(png), CHAT, 'image/png'],
      [image(jpeg), CHAT, 'image/jpeg'],
      [image(`image/jpeg;base64,${jpeg}`), CHAT, 'image/jpeg'],
    ] as const) {
      const [message] = await converted(user(part), of);
      expect(message!.content[0]).toMatchObject({ mediaType, kind: 'image' });
    }
    const wrong = user(source('image/png', jpeg));
    const [message] = await converted(wrong, anthropic);
    expect(message!.content[0]).toMatchObject({ others: { cache_control: {} } });
    expect((await said(wrong, anthropic)).notes).toEqual([
      'message 1 of "prompt": what a row holds is image/jpeg, not image/png | it is sent as what its first bytes say',
    ]);
    const empty = user(image('data:image/png;base64,'));
    expect((await said(empty)).problems[0]).toMatch(/bytes that are no image/);
    const ollama = target('ollama');
    const message1 = { role: 'user', content: 'a', images: [`data:image/png;base64,${png}`] };
    expect((await converted([message1], ollama))[0]!.content).toMatchObject([
      'a',
      { kind: 'image' },
    ]);
  });

  it('stay as they are in the own form of the API where it may understand them', async () => {
    const pdf = mediaSample('application/pdf').toString('base64');
    const png = mediaSample('image/png').toString('base64');
    for (const messages of [
      user(image(`data:application/pdf;base64,${pdf}`)),
      user(image(`data:image/png;base64,${pdf}`)),
      user(image(`data:image/png;base64,${png}`)),
      user(image('file:///data/a.png')),
    ]) {
      expect(media.check(messages, CHAT)).toBeNull();
      expect(media.convert(messages, CHAT)).toBe(messages);
    }
  });

  it('keep what else the API knows, and say what it does not', async () => {
    const messages = user({ type: 'image', source: { media: 'cat.png' }, cache_control: { a: 1 } });
    const own = await converted(messages, target('anthropic'));
    expect(own[0]!.content[0]).toMatchObject({ others: { cache_control: { a: 1 } } });
    expect((await said(messages, target('anthropic'))).notes).toEqual([]);
    const others = await converted(messages, target('gemini'));
    expect(others[0]!.content[0]).toMatchObject({ others: {} });
    expect((await said(messages, target('gemini'))).notes).toEqual([
      'message 1 of "prompt": cache_control of a part is not sent: The API has no such thing | null',
    ]);
  });

  it('are what their first bytes say, and a wrong type is told', async () => {
    const part = { type: 'image', source: { media: 'wrong.jpg', media_type: 'image/jpeg' } };
    const [message] = await converted(user(part));
    expect(message!.content[0]).toMatchObject({ mediaType: 'image/png' });
    expect((await said(user(part))).notes[0]).toMatch(/wrong.jpg is image\/png, not image\/jpeg/);
    const aliased = { type: 'image', source: { media: 'cat.png', media_type: 'image/x-png' } };
    expect((await said(user(aliased))).notes).toEqual([]);
  });

  it.each<[string, JsonValue, RegExp]>([
    [
      'a kind',
      image('a.mp3'),
      /a sound \(a.mp3\), which The API cannot be told .*text, images, PDFs/,
    ],
    [
      'a type',
      image('a.tif'),
      /of type image\/tiff.* Of images The API takes image\/png, image\/jpeg/,
    ],
    ['an absent file', image('dog.png'), /dog.png is not in the media folder/],
    ['a path that leads out', image('../cat.png'), /is not a path inside the media folder/],
    ['what is no media file', image('.env'), /.env is no image, sound, PDF or video/],
    [
      'bytes of nothing known',
      { type: 'image', image: 'QUJD'.repeat(300) },
      /bytes that are no image/,
    ],
    [
      "another vendor's file",
      { type: 'input_file', file_id: 'f-1' },
      /that its vendor keeps \(f-1\)/,
    ],
    [
      'an address that it does not fetch',
      { type: 'image', image: 'gs://b/a.png' },
      /by its address/,
    ],
    ['a file of this machine', { type: 'image', image: 'file:///etc/passwd' }, /by its address/],
    [
      'an address of any kind',
      { type: 'file', data: 'https://e.com/x' },
      /may be an image, a sound/,
    ],
    ['what Gemini has', { type: 'video', uploaded_filename: 'files/x' }, /brought to Gemini/],
  ])('that cannot be told are named: %s', async (_, part, message) => {
    const { problems } = await said(user(part));
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(() => media.convert(user(part), CHAT)).toThrow(problems[0]!.split(' | ')[0]!);
  });

  it('are all named at once', async () => {
    const messages = [...user(image('x.png')), ...user('a', image('a.mp3'), image('y.png'))];
    const { problems } = await said(messages);
    expect(problems.map((text) => text.slice(0, 30))).toEqual([
      'message 1 of "prompt": x.png i',
      'message 2 of "prompt": a sound',
      'message 2 of "prompt": y.png i',
    ]);
  });

  it('that were brought to Gemini go there by name, and elsewhere as the file that they were', async () => {
    const part = { type: 'image', media: 'cat.png', uploaded_filename: 'files/x' };
    const gemini = target('gemini', { storedUnder: 'https://g/' });
    const [there] = await converted(user(part), gemini);
    expect(there!.content[0]).toMatchObject({ url: 'https://g/files/x', mediaType: 'image/png' });
    rmSync(join(folder, 'cat.png'));
    expect((await said(user(part), gemini)).problems).toEqual([]);
    expect((await said(user(part))).problems[0]).toMatch(/cat.png is not in the media folder/);
  });

  it("of Gemini's form go to others with role, parts and texts in theirs", async () => {
    const messages = [
      { role: 'user', parts: ['What?', { type: 'image', media: 'cat.png' }] },
      { role: 'model', parts: [{ text: 'A cat.' }] },
      { role: 'user', parts: { text: 'Sure?' }, name: 'ann' },
    ] as never as Message[];
    const [first, second, third] = await converted(messages);
    expect(first).toMatchObject({ role: 'user', content: ['What?', { kind: 'image' }] });
    expect(first).not.toHaveProperty('parts');
    expect(second).toEqual({ role: 'assistant', content: 'A cat.' });
    expect(third).toEqual({ role: 'user', content: 'Sure?', name: 'ann' });
    const [, same] = await converted(messages, target('gemini'));
    expect(same).toEqual({ role: 'model', content: 'A cat.' });
  });

  it('of Ollama stand beside the text', async () => {
    const messages = [{ role: 'user', content: 'What?', images: ['cat.png'] }] as Message[];
    const ollama = target('ollama');
    for (const of of [CHAT, ollama]) {
      const [message] = await converted(messages, of);
      expect(message).toMatchObject({ content: ['What?', { kind: 'image', name: 'cat.png' }] });
      expect(message).not.toHaveProperty('images');
    }
    const own = [{ role: 'user', content: 'a', images: ['AAAA'] }] as Message[];
    expect(media.convert(own, ollama)).toBe(own);
  });

  it('that make a request too large are refused, unless they can be brought before', async () => {
    writeFileSync(join(folder, 'large.png'), mediaSample('image/png', 3000));
    const messages = user(image('large.png'));
    const small = target('openai-chat', { largestRequestBytes: 3999 });
    expect((await said(messages, small)).problems[0]).toMatch(/0.1 MB as base64/);
    const exact = target('openai-chat', { largestRequestBytes: 4000 });
    expect((await said(messages, exact)).problems).toEqual([]);
    const bringing = target('openai-chat', { largestRequestBytes: 3999, uploadsAboveBytes: 1 });
    expect((await said(messages, bringing)).problems).toEqual([]);
  });

  it('cannot be claimed by a row itself', async () => {
    const forged = { type: 'media', kind: 'image', mediaType: 'image/png', sha256: 'a', url: null };
    const messages = user(forged, image('cat.png'));
    const [message] = await converted(messages);
    expect(message!.content[0]).toEqual(forged);
    expect(isMediaPart(message!.content[0] as JsonValue)).toBe(false);
    expect(partsWithBytes([message!])).toHaveLength(1);
  });

  it('hash as what they show: by the bytes of a file, not its name', async () => {
    const text = async (name: string) => {
      const [message] = await converted(user(image(name)));
      const text = JSON.stringify(message);
      expect(text).not.toContain(folder);
      return text.replace(`"name":"${name}"`, '');
    };
    expect(await text('cat.png')).toBe(await text('wrong.jpg'));
    writeFileSync(join(folder, 'other.png'), mediaSample('image/png', 100));
    expect(await text('cat.png')).not.toBe(await text('other.png'));
  });
});

describe('a file that changes after it was checked', () => {
  it('is not sent', async () => {
    const tight = new OpenedMedia({ folder, clock: new FakeClock(), roomBytes: 0 });
    const messages = user(image('cat.png'));
    await tight.check(messages, CHAT);
    const bytes = bytesOf(partsWithBytes(tight.convert(messages, CHAT))[0]!)!;
    (await tight.hold([bytes])).release();
    for (const change of [
      () => writeFileSync(join(folder, 'cat.png'), mediaSample('image/png', 70)),
      () => writeFileSync(join(folder, 'cat.png'), 'x'.repeat(bytes.size)),
      () => rmSync(join(folder, 'cat.png')),
    ]) {
      change();
      await expect(tight.hold([bytes])).rejects.toMatchObject({ code: 'media_changed' });
      const drained = async () => {
        for await (const _ of bytes.chunks());
      };
      await expect(drained()).rejects.toMatchObject({ code: 'media_changed' });
    }
    writeFileSync(join(folder, 'cat.png'), mediaSample('image/png'));
    (await tight.hold([bytes])).release();
  });

  it('while it is brought does not come to its end', async () => {
    writeFileSync(join(folder, 'cat.png'), mediaSample('image/png', 1_000_000));
    const messages = user(image('cat.png'));
    await media.check(messages, CHAT);
    const bytes = bytesOf(partsWithBytes(media.convert(messages, CHAT))[0]!)!;
    let size = 0;
    const bring = async () => {
      for await (const piece of bytes.chunks()) {
        if (size === 0) writeFileSync(join(folder, 'cat.png'), 'x'.repeat(1_000_000));
        size += piece.length;
      }
    };
    await expect(bring()).rejects.toMatchObject({ code: 'media_changed' });
    expect(size).toBeLessThan(1_000_000);
  });

  it('is sent as it was where it is still in memory', async () => {
    const messages = user(image('cat.png'));
    await media.check(messages, CHAT);
    rmSync(join(folder, 'cat.png'));
    const bytes = bytesOf(partsWithBytes(media.convert(messages, CHAT))[0]!)!;
    const held = await media.hold([bytes]);
    expect(held.base64Of(bytes).toString()).toBe(mediaSample('image/png').toString('base64'));
  });

  it('is named by the list of the run, and changes the digest', async () => {
    const path = join(folder, 'media.jsonl');
    const messages = user(image('cat.png'), image('wrong.jpg'));
    await media.check(messages, CHAT);
    await media.keepIn(path);
    writeFileSync(join(folder, 'wrong.jpg'), mediaSample('image/png', 99));
    const later = new OpenedMedia({ folder, clock: new FakeClock() });
    await later.check(messages, CHAT);
    expect(later.digest).not.toBe(media.digest);
    expect(await later.changedSince(path)).toEqual(['wrong.jpg']);
  });
});
