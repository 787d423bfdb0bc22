import { describe, expect, test } from 'vitest';
import { TOO_LONG_FORMS, tooLongError } from './too-long.ts';

const LENGTH = { limit: 4096, given: 7321, completion: 500 };

describe.each(Object.entries(TOO_LONG_FORMS))('%s, of a prompt that is too long,', (name, form) => {
  test(`tells ${form.tells} of the numbers`, () => {
    const { status, body } = tooLongError(name, LENGTH);
    const text = JSON.stringify(body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text.includes('4096')).toBe(form.tells !== 'none');
    expect(text.includes('7321')).toBe(form.tells === 'both');
  });
});
