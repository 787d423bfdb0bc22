import { expect, test } from 'vitest';
import { BodyBytes } from './body-bytes.ts';

const pieces = (...texts: string[]) => texts.map((text) => Buffer.from(text));

test('a body in one piece is that piece', () => {
  const body = new BodyBytes();
  const [piece] = pieces('whole');
  body.add(piece!, 5);
  expect(body.view()).toBe(piece);
});

test.each([
  ['no length declared', Number.NaN],
  ['its true length declared', 300_000],
  ['a smaller length declared', 10],
  ['a huge length declared', 1e15],
])('pieces come together in order, with %s', (_, declared) => {
  const body = new BodyBytes();
  const all = Array.from({ length: 300 }, (_, at) => Buffer.alloc(1000, at % 251));
  for (const piece of all) body.add(piece, declared);
  expect(body.view().equals(Buffer.concat(all))).toBe(true);
});

test('what was given is neither changed nor given back', () => {
  const body = new BodyBytes();
  const [first, second] = pieces('first ', 'second');
  body.add(first!, Number.NaN);
  body.add(second!, Number.NaN);
  body.drop();
  expect([first!.toString(), second!.toString()]).toEqual(['first ', 'second']);
});

test('the memory of a body in several pieces is given back', () => {
  const body = new BodyBytes();
  for (const piece of pieces('a', 'b')) body.add(piece, Number.NaN);
  const view = body.view();
  body.drop();
  expect(view.length).toBe(0);
  expect(body.view().length).toBe(0);
});

test('a declared length makes no memory be taken before as much has come', () => {
  const body = new BodyBytes();
  for (const piece of pieces('a', 'b')) body.add(piece, 60_000_000);
  expect(body.view().buffer.byteLength).toBeLessThanOrEqual(64 * 1024);
});
