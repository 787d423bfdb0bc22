import type { Plugin } from 'rolldown';

/** Parts of undici that it asks for only where a body is a form or a server speaks HTTP/2: tutti never lets it (`allowH2: false`). */
const LEFT_OUT = [
  'dispatcher/client-h2.js',
  'web/fetch/body.js',
  'web/fetch/formdata.js',
  'web/webidl/index.js',
];
const PART = /[/\\]node_modules[/\\]undici[/\\]lib[/\\](.+)$/;

/**
 * Leaves parts of libraries out that can never be used here; what stands in their place throws when it is called.
 *
 * @throws when a bundle does not ask for one of them any more: it is to be struck off the list
 */
export function leaveOutUnused(): Plugin {
  const missed = new Set(LEFT_OUT);
  return {
    name: 'leave-out-unused',
    load(module) {
      const part = PART.exec(module)?.[1]?.replaceAll('\\', '/');
      if (part === undefined || !LEFT_OUT.includes(part)) return null;
      missed.delete(part);
      const message = `tutti is built without undici/lib/${part}`;
      return `module.exports = () => { throw new Error(${JSON.stringify(message)}); };`;
    },
    buildEnd(error) {
      if (error || missed.size === 0) return;
      throw new Error(`Nothing asks for ${[...missed].join(', ')}: leave-out-unused.ts lists it`);
    },
  };
}
