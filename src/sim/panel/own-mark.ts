import { hashText } from '../texts/hash-text.ts';

/** Household words, none of which is the name of a model or its maker. */
const THINGS =
  'apron basin basket bench blanket bottle bowl broom bucket button candle carpet chimney clock cradle cupboard curtain cushion doorbell drawer fiddle flask fork funnel gate hammer hinge jar kettle ladder ladle lantern latch mirror mitten napkin needle oven paddle pantry pebble pillow pitcher plate pocket pot quilt rake ribbon rope rug saddle scarf shelf shovel sieve spoon stool teapot thimble towel trunk umbrella wagon whistle window'.split(
    ' ',
  );

/** The turn of phrase by which a member's texts can be told from those of others; the same name has the same one. */
export function ownMark(identity: string): string {
  let hash = hashText(`mark ${identity}`);
  const things = Array.from({ length: 3 }, () => {
    const thing = THINGS[hash % THINGS.length] ?? '';
    hash = Math.floor(hash / THINGS.length);
    return thing;
  });
  return `between ${things.join(', ')} and back`;
}
