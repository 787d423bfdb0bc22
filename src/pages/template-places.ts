/** Where a hole of a template stands: between tags, or in the quoted value of an attribute. */
export type HolePlace = 'content' | 'value';

/** Elements that act, load something, or whose content is not read as markup; and comments. */
const ACTING_ELEMENT =
  /<(?:script|style|iframe|frame|object|embed|applet|base|meta|link|form|template|portal|noscript|textarea|xmp|plaintext|foreignobject|image|img|video|audio|source|use|animate|set)(?![\w-])|<[!?]/i;

/** Attributes whose values cannot act. */
const QUIET_ATTRIBUTE =
  /^(?:class|id|title|value|for|role|scope|colspan|rowspan|dir|lang|name|type|d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points|viewbox|text-anchor|autocomplete|aria-[a-z]+|data-[a-z-]+)$/i;

/** What a piece of a template does to where we are. */
interface Place {
  readonly within: 'content' | 'tag' | 'value';
  /** The attribute whose value we are in. */
  readonly attribute: string;
  /** What that value begins with. */
  readonly start: string;
}

const CONTENT: Place = { within: 'content', attribute: '', start: '' };

/**
 * Finds where the holes of a template stand.
 *
 * @throws TypeError for a hole in any other place, for elements that can act, and for a tag that is left open
 */
export function checkTemplate(strings: readonly string[]): HolePlace[] {
  const places: HolePlace[] = [];
  let place = CONTENT;
  for (const [index, piece] of strings.entries()) {
    if (ACTING_ELEMENT.test(piece)) throw refused('an element that can act', piece);
    place = placeAfter(piece, place);
    if (index === strings.length - 1) break;
    places.push(holePlace(place, piece));
  }
  if (place.within !== 'content') throw refused('a tag that is left open', strings.at(-1)!);
  return places;
}

function holePlace({ within, attribute, start }: Place, piece: string): HolePlace {
  if (within === 'content' && !piece.endsWith('<') && !piece.endsWith('</')) return 'content';
  if (within !== 'value') throw refused('a hole outside of a quoted value', piece);
  const isOwnPlace = attribute.toLowerCase() === 'href' && start.startsWith('#');
  if (!isOwnPlace && !QUIET_ATTRIBUTE.test(attribute)) {
    throw refused(`a hole in the attribute ${attribute}`, piece);
  }
  return 'value';
}

/** Follows a piece of a template through tags and quoted values. */
function placeAfter(piece: string, before: Place): Place {
  let { within, attribute, start } = before;
  let at = 0;
  while (at < piece.length) {
    if (within === 'content') {
      const tag = /<\/?[a-z]/gi;
      tag.lastIndex = at;
      if (tag.exec(piece) === null) return CONTENT;
      at = tag.lastIndex;
      within = 'tag';
    } else if (within === 'tag') {
      const next = /([^\s"'<>/=]+)\s*=\s*("?)|[>"'<]/g;
      next.lastIndex = at;
      const found = next.exec(piece);
      if (found === null) return { within, attribute: '', start: '' };
      at = next.lastIndex;
      if (found[0] === '>') within = 'content';
      else if (found[1] === undefined || found[2] === '')
        throw refused('a stray or bare value', piece);
      else [within, attribute, start] = ['value', found[1], ''];
    } else {
      const end = piece.indexOf('"', at);
      start += piece.slice(at, end < 0 ? piece.length : end);
      if (end < 0) return { within, attribute, start };
      at = end + 1;
      within = 'tag';
    }
  }
  return { within, attribute, start };
}

function refused(what: string, piece: string): TypeError {
  return new TypeError(`${what} in the template near ${JSON.stringify(piece.slice(-80))}`);
}
