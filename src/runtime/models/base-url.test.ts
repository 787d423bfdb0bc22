import { expect, it } from 'vitest';
import { checkBaseUrl } from './base-url.ts';

it.each([
  ['127.0.0.1:4010/v1', 'https://api.example.com/v1', 'http://127.0.0.1:4010/v1'],
  ['localhost:8000', 'https://api.example.com/v1', 'http://localhost:8000'],
  ['[::1]:8000/v1', 'https://api.example.com/v1', 'http://[::1]:8000/v1'],
  ['0.0.0.0:8000', 'https://api.example.com/v1', 'http://127.0.0.1:8000'],
  ['localhost.example.com/v1', 'https://api.example.com/v1', 'https://localhost.example.com/v1'],
  ['gpu.example.com:8000', 'https://api.example.com/v1', 'https://gpu.example.com:8000'],
  ['https://127.0.0.1:4010/v1', 'https://api.example.com/v1', 'https://127.0.0.1:4010/v1'],
  ['gpu', 'http://127.0.0.1:11434', 'http://gpu:11434'],
])('reads %s, where the usual address is %s, as %s', (text, usual, url) => {
  expect(checkBaseUrl(text, usual)).toEqual({ url });
});
