import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Dispatcher } from 'undici';
import symbols from 'undici/lib/core/symbols.js';
import { expect, it } from 'vitest';
import { passOverContinue } from './early-heads.ts';

/** A socket that was connected to, whose reading is looked at. */
function connected(): PassThrough {
  const connections = passOverContinue(new EventEmitter() as unknown as Dispatcher);
  const socket = new PassThrough();
  const client = { [symbols.kSocket]: socket };
  (connections as unknown as EventEmitter).emit('connect', new URL('http://host'), [client]);
  return socket;
}

it('passes over heads that only say: go on', () => {
  const socket = connected();
  socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n');
  expect(String(socket.read())).toBe('HTTP/1.1 200 OK\r\n\r\n');
});

it('takes nothing where Node only asks for more, as it does after a pause', () => {
  const socket = connected();
  socket.write('the middle of a body');
  socket.read(0);
  expect(String(socket.read())).toBe('the middle of a body');
});
