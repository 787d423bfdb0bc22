import { describe, expect, it } from 'vitest';
import { cellObjectWriter } from './cell-object.ts';

function write(columns: readonly string[], cells: readonly string[], typed: string[] = []): string {
  const texts = columns.map((name) => ({ name, isJson: false }));
  return cellObjectWriter(texts, typed)(cells.map((cell) => (cell === '' ? null : cell)));
}

describe('cells of an experiment', () => {
  it('are texts as they are written; an empty one is an absent key', () => {
    expect(write(['id', 'prompt', 'x', '__proto__'], ['007', '[1]', '', 'NaN'])).toBe(
      '{"id":"007","prompt":"[1]","__proto__":"NaN"}',
    );
  });

  it('of parameters are JSON where they are wholly JSON, with their digits', () => {
    const columns = ['parameters-seed', 'parameters-stop', 'parameters-user', 'parameters-n'];
    expect(write(columns, ['12345678901234567890', '["a",\n1.0]', '007', ''])).toBe(
      '{"parameters":{"seed":12345678901234567890,"stop":["a",1.0],"user":"007"}}',
    );
    expect(write(['my-parameters-x', 'parameters-'], ['1', '2'])).toBe(
      '{"my-parameters-x":"1","parameters-":"2"}',
    );
  });

  it('of a column "parameters" are the object that single ones are put into', () => {
    const columns = ['parameters-a', 'parameters'];
    expect(JSON.parse(write(columns, ['1', '{"a":2,"b":3}']))).toEqual({
      parameters: { a: 1, b: 3 },
    });
    expect(write(columns, ['1', '{ }'])).toBe('{"parameters":{"a":1}}');
    expect(write(columns, ['', 'none'])).toBe('{"parameters":"none"}');
  });

  it('of columns that are said to be typed are JSON, too', () => {
    expect(write(['id', 'prompt'], ['7', '["a","b"]'], ['prompt'])).toBe(
      '{"id":"7","prompt":["a","b"]}',
    );
  });
});
