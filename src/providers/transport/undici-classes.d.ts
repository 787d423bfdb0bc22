// undici declares its types for the package as a whole; these are the same classes, file by file.
declare module 'undici/lib/dispatcher/pool.js' {
  // biome-ignore lint/style/noDefaultExport: it is how the file exports it
  export { Pool as default } from 'undici';
}
declare module 'undici/lib/dispatcher/proxy-agent.js' {
  // biome-ignore lint/style/noDefaultExport: it is how the file exports it
  export { ProxyAgent as default } from 'undici';
}
declare module 'undici/lib/core/symbols.js' {
  const symbols: { readonly kSocket: unique symbol };
  // biome-ignore lint/style/noDefaultExport: it is how the file exports it
  export default symbols;
}
