import type { Fault } from './fault.ts';

const TARGET = /^(?:(301|302|303|307|308):)?(https?:\/\/.+)$/;

/** Sends the caller elsewhere. */
export const redirect: Fault = {
  name: 'redirect',
  about: 'a redirect to another address',
  argument: {
    about: 'the address, after the status if it is not 302: http://127.0.0.1:9/ or 308:http://...',
    default: null,
    accepts: (text) => URL.canParse(TARGET.exec(text)?.[2] ?? ''),
  },
  respond({ response, headers }, argument) {
    const [, status = '302', location = ''] = TARGET.exec(argument) ?? [];
    response.writeHead(Number(status), { ...headers, location, 'content-length': 0 });
    response.end();
  },
};
