import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { mediaSample } from '../../test/support/media-samples.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { Message } from '../core/message.ts';
import { type MediaTarget, RunMedia } from './index.ts';

const target: MediaTarget = {
  label: 'The API',
  rules: { form: 'openai-chat', kinds: { image: { types: ['image/png'], addresses: [] } } },
};
const shown = (url: string): Message[] => [
  { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
];

it('reads nothing for conversations of text, and the files of the first that is more, however many come at once', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'cat.png'), mediaSample('image/png'));
  const media = new RunMedia({ folder, clock: new FakeClock() });
  const text: Message[] = [{ role: 'user', content: 'cat.png' }];
  expect(media.check(text, target)).toBeNull();
  expect(media.convert(text, target)).toBe(text);
  expect(await media.changedSince(join(folder, 'media.jsonl'))).toEqual([]);
  await media.keepIn(join(folder, 'media.jsonl'));
  expect(media.digest).toBeNull();
  const [good, lost] = await Promise.all([
    media.check(shown('cat.png'), target),
    media.check(shown('dog.png'), target),
  ]);
  expect(good).toBeNull();
  expect(lost?.problems).toHaveLength(1);
  expect(media.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(media.convert(shown('cat.png'), target)).not.toEqual(shown('cat.png'));
  expect(media.convert(text, target)).toBe(text);
  expect(() => media.convert(shown('dog.png'), target)).toThrow(lost!.problems[0]!.message);
  media.close();
});
