import type { Plugin } from 'rolldown';

/**
 * Parts of libraries that nothing here comes to, though they are imported: of undici what serves HTTP/2, which tutti
 * never offers (`allowH2: false`), and bodies that are forms; of the writer of Parquet types that `written-element.ts`
 * does not know, and encodings that are written only if asked for; of ajv a keyword that an option turns on; of yaml what
 * changes a syntax tree.
 */
const LEFT_OUT = [
  'undici/lib/dispatcher/client-h2.js',
  'undici/lib/web/fetch/body.js',
  'undici/lib/web/fetch/formdata.js',
  'undici/lib/web/webidl/index.js',
  'ajv/dist/vocabularies/discriminator/index.js',
  'hyparquet-writer/src/delta.js',
  'hyparquet-writer/src/geospatial.js',
  'hyparquet-writer/src/splitstream.js',
  'hyparquet-writer/src/variant.js',
  'hyparquet-writer/src/wkb.js',
  'yaml/dist/parse/cst-scalar.js',
  'yaml/dist/parse/cst-stringify.js',
  'yaml/dist/parse/cst-visit.js',
];
const PART = /[/\\]node_modules[/\\](.+)$/;
const EXPORTED = /^export (?:async )?function (\w+)/gm;

/**
 * Leaves parts of libraries out that are never used here; what stands in their place throws when it is called.
 *
 * @throws when a bundle does not ask for one of them any more: it is to be struck off the list
 */
export function leaveOutUnused(): Plugin {
  const missed = new Set(LEFT_OUT);
  return {
    name: 'leave-out-unused',
    transform(code, module) {
      const part = PART.exec(module)?.[1]?.replaceAll('\\', '/');
      if (part === undefined || !LEFT_OUT.includes(part)) return null;
      missed.delete(part);
      const message = JSON.stringify(`tutti is built without ${part}`);
      const names = [...code.matchAll(EXPORTED)].map(([, name]) => name!);
      const instead = `function leftOut() { throw new Error(${message}); }`;
      return names.length > 0
        ? `${instead}\nexport { ${names.map((name) => `leftOut as ${name}`).join(', ')} };`
        : `${instead}\nmodule.exports = leftOut;`;
    },
    buildEnd(error) {
      if (error || missed.size === 0) return;
      throw new Error(`Nothing asks for ${[...missed].join(', ')}: leave-out-unused.ts lists it`);
    },
  };
}
