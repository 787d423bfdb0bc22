import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import { type GivenForm, outputForm } from './output-form.ts';

async function form(given: GivenForm) {
  const read = await outputForm(given);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read;
}

async function problems(given: GivenForm) {
  const read = await outputForm(given);
  return 'problems' in read ? read.problems.join('\n') : '';
}

const OBJECT: JsonObject = {
  type: 'object',
  properties: { a: { type: 'string' }, b: { type: 'integer' } },
  required: ['a'],
};

describe('the columns that come out', () => {
  it('have types, choices, lists, and may be optional', async () => {
    const columns =
      'question, my score : integer,tags:string[],label:a | b,flags:(x|y)[],note?:number,ok:boolean';
    const { schema, ...read } = await form({ columns, single: true });
    expect(read.columns).toEqual(['question', 'my score', 'tags', 'label', 'flags', 'note', 'ok']);
    expect(read).toMatchObject({ name: 'row', isList: false, maxObjects: 1_000 });
    expect(schema).toEqual({
      type: 'object',
      properties: {
        question: { type: 'string' },
        'my score': { type: 'integer' },
        tags: { type: 'array', items: { type: 'string' } },
        label: { type: 'string', enum: ['a', 'b'] },
        flags: { type: 'array', items: { type: 'string', enum: ['x', 'y'] } },
        note: { type: 'number' },
        ok: { type: 'boolean' },
      },
      required: ['question', 'my score', 'tags', 'label', 'flags', 'ok'],
      additionalProperties: false,
    });
  });

  it('are those of a list of objects unless there is a single one', async () => {
    const { schema, isList, name } = await form({ columns: 'a' });
    expect([isList, name]).toEqual([true, 'rows']);
    expect(schema).toMatchObject({
      type: 'object',
      properties: { rows: { type: 'array', items: { properties: { a: { type: 'string' } } } } },
      required: ['rows'],
      additionalProperties: false,
    });
  });

  it.each([
    ['', 'is empty'],
    ['a,,b', 'a comma without a name'],
    ['a,b:integer,a', '"a" more than once'],
    ['?', '"?" without a name'],
    ['a:int', 'integer is one'],
    ['a:strnig', 'string is one'],
    ['a:date', 'there are string, integer, number, boolean'],
    ['a:x|y[]', 'write (x|y)[]'],
    ['a:x|', 'one is empty'],
    ['a:x|x', 'more than once'],
    ['a:string|null', '--schema'],
    ['__proto__', '"__proto__"'],
  ])('are refused as %j', async (columns, message) => {
    expect(await problems({ columns })).toContain(message);
  });

  it('are told all that is wrong with them at once', async () => {
    expect((await problems({ columns: 'a:int,,b:' })).split('\n')).toHaveLength(3);
  });
});

describe('a schema of what comes out', () => {
  it('is sent as it is where its root is an object', async () => {
    const { schema, columns, isList } = await form({ schema: OBJECT });
    expect([schema, columns, isList]).toEqual([OBJECT, ['a', 'b'], false]);
  });

  it('travels as the rows of an object where its root is a list, and its references with it', async () => {
    const { schema, columns, isList } = await form({
      schema: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'array',
        minItems: 1,
        items: { $ref: '#/$defs/one' },
        $defs: {
          one: {
            type: 'object',
            properties: { a: { $ref: '#/items' }, b: { $ref: '#' }, c: { enum: [{ $ref: '#' }] } },
          },
        },
      },
    });
    expect([columns, isList]).toEqual([['a', 'b', 'c'], true]);
    expect(schema).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { rows: { type: 'array', minItems: 1, items: { $ref: '#/$defs/one' } } },
      required: ['rows'],
      additionalProperties: false,
      $defs: {
        one: {
          type: 'object',
          properties: {
            a: { $ref: '#/properties/rows/items' },
            b: { $ref: '#/properties/rows' },
            c: { enum: [{ $ref: '#' }] },
          },
        },
      },
    });
  });

  it('has the columns of its alternatives and of what it refers to', async () => {
    const { columns } = await form({
      schema: {
        $ref: '#/$defs/both',
        $defs: {
          both: {
            anyOf: [{ $ref: '#/$defs/one' }, { type: 'object', properties: { b: {}, c: {} } }],
          },
          one: {
            type: 'object',
            properties: { a: {}, b: {} },
            if: { type: 'object', required: ['c'] },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: { $ref: '#/$defs/both' },
          },
        },
      },
    });
    expect([...columns].sort()).toEqual(['a', 'b', 'c']);
    expect((await form({ schema: {} })).columns).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ type: 'string' }, 'neither an object nor a list'],
    [{ type: ['object', 'array'] }, 'neither an object nor a list'],
    [{ anyOf: [OBJECT, { type: 'array', items: OBJECT }] }, 'neither an object nor a list'],
    [{ type: 'array', items: { type: 'string' } }, 'none of objects'],
    [{ type: 'object', properties: { a: { type: 'text' } } }, '/properties/a/type must be one of'],
    [
      { type: 'object', properties: { a: { $ref: 'https://127.0.0.1:1/x' } } },
      "can't resolve reference",
    ],
    [{ type: 'object', properties: { a: { pattern: '(?=a)' } } }, '--schema'],
    [JSON.parse('{"type": "object", "properties": {"__proto__": {}}}'), '"__proto__"'],
    [{ type: 'object', allOf: [{ $ref: '#' }] }, 'refers to itself without end'],
    [{ type: 'object', allOf: [{ $ref: '#/%' }] }, '--schema: '],
  ])('is refused as %j', async (schema, message) => {
    expect(await problems({ schema })).toContain(message);
  });

  it('is refused as a list where there is to be one object', async () => {
    expect(await problems({ schema: { type: 'array', items: OBJECT }, single: true })).toContain(
      '--single',
    );
  });
});
