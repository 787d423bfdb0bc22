import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventStream, type StreamFormat } from './event-stream.ts';

function read(body: string, size = body.length * 4, format: StreamFormat = 'events') {
  const data: string[] = [];
  const stray: string[] = [];
  const stream = new EventStream(
    format,
    (text) => data.push(text),
    (line) => stray.push(line),
  );
  const bytes = Buffer.from(body);
  for (let start = 0; start < bytes.length; start += size) {
    stream.push(bytes.subarray(start, start + size));
  }
  stream.end();
  return { data, stray };
}

describe('EventStream', () => {
  it.each([
    ['line feeds', 'data: a\n\ndata: b\n\n'],
    ['carriage returns and line feeds', 'data: a\r\n\r\ndata: b\r\n\r\n'],
    ['carriage returns', 'data: a\r\rdata: b\r\r'],
    ['a mix of them', 'data: a\r\n\ndata: b\n\r\n'],
    ['no last empty line', 'data: a\n\ndata: b'],
    ['no space after the colon', 'data:a\n\ndata:b\n\n'],
    [
      'comments and pings',
      ': hello\n\ndata: a\n\n: ping\n\nevent: x\nid: 1\nretry: 5\ndata: b\n\n',
    ],
    ['a byte order mark', '\uFEFFdata: a\n\ndata: b\n\n'],
  ])('reads events with %s', (_, body) => {
    expect(read(body)).toEqual({ data: ['a', 'b'], stray: [] });
  });

  it('joins the data lines of one event', () => {
    expect(read('data: a\ndata:\ndata: b\n\n').data).toEqual(['a\n\nb']);
  });

  it('gives the same however the bytes are cut, in the middle of characters and line ends, too', () => {
    const body = '\uFEFFdata: Grüße 🌍\r\n\r\n: ping\r\n\r\ndata: "é"\n\n{"error": 1}\n';
    const whole = read(body);
    expect(whole).toEqual({ data: ['Grüße 🌍', '"é"'], stray: ['{"error": 1}'] });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (size) => {
        expect(read(body, size)).toEqual(whole);
      }),
    );
  });

  it('takes each line that is not empty where a line is a value', () => {
    expect(read('{"a":1}\r\n\n{"b":2}', 3, 'lines').data).toEqual(['{"a":1}', '{"b":2}']);
  });
});
