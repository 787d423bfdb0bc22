import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { parseBytes } from '../texts/byte-size.ts';
import { answerBody } from './body-faults.ts';
import type { Fault } from './fault.ts';

const CHUNK_BYTES = 65_536;

/** A body that never ends, as fast as the client reads. */
export const endless: Fault = {
  name: 'endless',
  about: 'a JSON body that never ends',
  respond({ response, headers }) {
    response.writeHead(200, { ...headers, 'content-type': 'application/json' });
    const chunk = Buffer.alloc(CHUNK_BYTES, 'a');
    const pour = () => {
      while (!response.destroyed && response.write(chunk)) {
        // Goes on until the client no longer keeps up.
      }
    };
    response.on('drain', pour);
    response.write('{"id":"');
    pour();
  },
};

/** A small compressed body that becomes huge. */
export const gzipBomb: Fault = {
  name: 'gzip-bomb',
  about: 'a gzip body that inflates to very many zeros',
  argument: {
    about: 'inflated size, such as 200MB',
    default: '200MB',
    accepts: (text) => parseBytes(text) !== undefined,
  },
  respond({ response, headers }, argument) {
    response.writeHead(200, {
      ...headers,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    });
    const source = Readable.from(zeros(parseBytes(argument) ?? 0)).pipe(createGzip({ level: 9 }));
    response.once('close', () => source.destroy());
    source.pipe(response);
  },
};

function* zeros(bytes: number): Iterable<Buffer> {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let left = bytes; left > 0; left -= CHUNK_BYTES) {
    yield left < CHUNK_BYTES ? chunk.subarray(0, left) : chunk;
  }
}

/** A body that claims to be encoded very many times. */
export const nestedEncoding: Fault = {
  name: 'nested-encoding',
  about: 'a content-encoding header that names gzip many times',
  argument: {
    about: 'how many times, from 2',
    default: '5000',
    accepts: (text) => /^\d{1,5}$/.test(text) && Number(text) >= 2,
  },
  respond(exchange, argument) {
    const body = gzipSync(answerBody(exchange));
    exchange.response.writeHead(200, {
      ...exchange.headers,
      'content-type': 'application/json',
      'content-encoding': Array(Number(argument)).fill('gzip').join(', '),
      'content-length': body.length,
    });
    exchange.response.end(body);
  },
};

/** Very many headers, or a very long one. */
export const headerFlood: Fault = {
  name: 'header-flood',
  about: 'very many response headers, or one very long one',
  argument: {
    about: 'how many headers, or the size of one, such as 1MB',
    default: '50000',
    accepts: (text) => /^\d{1,6}$/.test(text) || parseBytes(text) !== undefined,
  },
  respond({ response }, argument) {
    const count = /^\d+$/.test(argument) ? Number(argument) : 0;
    const flood: string[] =
      count > 0
        ? Array.from({ length: count }, (_, index) => `x-flood-${index}: ${index}\r\n`)
        : [`x-flood: ${'x'.repeat(parseBytes(argument) ?? 0)}\r\n`];
    // Written by hand: `writeHead` would spend a second on so many.
    response.socket?.end(`HTTP/1.1 200 OK\r\n${flood.join('')}content-length: 0\r\n\r\n`);
  },
};
