import { expect, it } from 'vitest';
import { shownPrompt } from './shown-prompt.ts';

it('is the only text as it is, or all messages under their roles', () => {
  expect(shownPrompt([{ role: 'user', content: ' why?\n' }])).toBe(' why?\n');
  expect(
    shownPrompt([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'What is this?' }, 'Tell.'] },
    ]),
  ).toBe('system:\nBe brief.\n\nuser:\nWhat is this?\nTell.');
});

it('names what is no text', () => {
  const content = [{ type: 'image_url' }, { type: 'media', kind: 'image' }, {}, 7];
  expect(shownPrompt([{ role: 'user', content }])).toBe('[image_url]\n[image]\n[part]\n7');
});
