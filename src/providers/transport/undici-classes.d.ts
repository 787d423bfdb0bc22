// undici declares its types for the package as a whole; these are the same classes, file by file.
declare module 'undici/lib/dispatcher/pool.js' {
  // biome-ignore lint/style/noDefaultExport: it is how the file exports it
  export { Pool as default } from 'undici';
}
declare module 'undici/lib/core/connect.js' {
  // biome-ignore lint/style/noDefaultExport: it is how the file exports it
  export { buildConnector as default } from 'undici';
}
declare module 'undici/lib/core/socks5-client.js' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  class Socks5Client extends EventEmitter {
    constructor(socket: Socket, options: { readonly username: string; readonly password: string });
    handshake(): void;
    connect(hostname: string, port: number): void;
  }
  const exported: { readonly Socks5Client: typeof Socks5Client };
  // biome-ignore lint/style/noDefaultExport: it is how the file exports it
  export default exported;
}
declare module 'undici/lib/core/symbols.js' {
  const symbols: { readonly kSocket: unique symbol };
  // biome-ignore lint/style/noDefaultExport: it is how the file exports it
  export default symbols;
}
