import { plainLine } from '../../core/plain-text.ts';
import { type LeafText, leafText } from './leaf-text.ts';
import { damaged, ParquetProblem } from './parquet-problem.ts';
import type { SchemaElement } from './schema-element.ts';

/** A column as it lies in the file: the values of one leaf of the tree. */
export interface Leaf {
  /** Its place among the leaves, which is that of its bytes in a row group. */
  readonly index: number;
  /** Its name for messages, with the names that lead to it. */
  readonly path: string;
  readonly element: SchemaElement;
  /** The level that says that a value is there. */
  readonly definition: number;
  /** How many lists it is in. */
  readonly repetition: number;
  readonly text: LeafText;
}

interface NodeStart {
  readonly name: string;
  /** From this level on there is something, if only an empty list; below it is null. */
  readonly definition: number;
  /** The first leaf below it, whose levels tell of it. */
  readonly first: Leaf;
}

/** What a value is made of. */
export type SchemaNode =
  | (NodeStart & { readonly kind: 'leaf' })
  | (NodeStart & { readonly kind: 'struct'; readonly fields: readonly SchemaNode[] })
  | (NodeStart & {
      readonly kind: 'list';
      /** The level that says that a value is one more of the same list. */
      readonly repetition: number;
      readonly item: SchemaNode;
    })
  | (NodeStart & {
      readonly kind: 'map';
      readonly repetition: number;
      readonly key: SchemaNode;
      readonly value: SchemaNode;
    });

/** The schema of a file. */
export interface SchemaTree {
  readonly columns: readonly SchemaNode[];
  readonly leaves: readonly Leaf[];
  /** What cannot be read, each the end of a sentence: columns of some types, and those that occur twice. */
  readonly problems: readonly string[];
}

const MOST_LEAVES = 10_000;
const MAX_DEPTH = 500;

/** Makes the tree of a schema. @throws ParquetProblem for one that is none */
export function schemaTree(elements: readonly SchemaElement[]): SchemaTree {
  const builder = new TreeBuilder(elements);
  return builder.build();
}

/** What surrounds an element. */
interface Place {
  readonly path: string;
  readonly definition: number;
  readonly repetition: number;
  readonly depth: number;
}

class TreeBuilder {
  readonly #elements: readonly SchemaElement[];
  readonly #leaves: Leaf[] = [];
  readonly #problems: string[] = [];
  #at = 0;

  constructor(elements: readonly SchemaElement[]) {
    this.#elements = elements;
  }

  build(): SchemaTree {
    const root = this.#take();
    // An empty table has none.
    if (this.#elements.length === 1) return { columns: [], leaves: [], problems: [] };
    const columns = this.#fields(root, { path: '', definition: 0, repetition: 0, depth: 0 });
    if (this.#at !== this.#elements.length) throw damaged('its schema has no end');
    return { columns, leaves: this.#leaves, problems: this.#problems };
  }

  #take(): SchemaElement {
    const element = this.#elements[this.#at++];
    if (element === undefined) throw damaged('its schema ends too soon');
    return element;
  }

  #fields(group: SchemaElement, place: Place): SchemaNode[] {
    if (group.children < 1) throw damaged(`${place.path || 'its schema'} has no columns`);
    const names = new Set<string>();
    const twice = new Set<string>();
    const nodes: SchemaNode[] = [];
    for (let count = 0; count < group.children; count++) {
      const node = this.#field(place);
      if (names.has(node.name)) twice.add(quoted(pathOf(place, node.name)));
      names.add(node.name);
      nodes.push(node);
    }
    if (twice.size > 0) this.#problems.push(`has more than one column ${[...twice].join(', ')}`);
    return nodes;
  }

  /** Takes the next element with all below it. What is repeated and said to be no list is one all the same. */
  #field(parent: Place): SchemaNode {
    const element = this.#take();
    const path = pathOf(parent, element.name);
    const inside = within(parent, element, path);
    const value = this.#value(element, inside);
    return element.repetition === 'repeated' ? listOf(element.name, parent, inside, value) : value;
  }

  #value(element: SchemaElement, place: Place): SchemaNode {
    if (place.depth > MAX_DEPTH) throw new ParquetProblem(`is nested over ${MAX_DEPTH} deep`);
    if (element.physical !== null) return this.#leaf(element, place);
    const repeated = this.#elements[this.#at];
    if (element.meaning === 'VARIANT') this.#refuse(place.path, 'is of type VARIANT');
    if (element.children === 1 && repeated?.repetition === 'repeated') {
      // A map of keys alone is a set.
      const isSet = element.meaning === 'MAP' && repeated.children === 1;
      if (element.meaning === 'LIST' || isSet) return this.#list(element, place);
      const isMap = element.meaning === 'MAP' && repeated.children === 2;
      if (isMap && this.#elements[this.#at + 1]?.physical) return this.#map(element, place);
    }
    const fields = this.#fields(element, place);
    const { definition } = place;
    return { kind: 'struct', name: element.name, definition, first: fields[0]!.first, fields };
  }

  #leaf(element: SchemaElement, place: Place): SchemaNode {
    if (this.#leaves.length === MOST_LEAVES) {
      throw new ParquetProblem(`has more than ${MOST_LEAVES} columns`);
    }
    const text = leafText(element);
    if (typeof text === 'string') this.#refuse(place.path, text);
    const { path, definition, repetition } = place;
    const leaf: Leaf = {
      ...{ index: this.#leaves.length, path, element, definition, repetition },
      text: typeof text === 'string' ? NO_TEXT : text,
    };
    this.#leaves.push(leaf);
    return { kind: 'leaf', name: element.name, definition, first: leaf };
  }

  /** The item is what the repeated group holds, or that group itself, as older programs wrote lists. */
  #list(list: SchemaElement, place: Place): SchemaNode {
    const repeated = this.#take();
    const inside = within(place, repeated, place.path);
    const only = this.#elements[this.#at];
    const isWrapped =
      repeated.physical === null &&
      repeated.children === 1 &&
      only?.repetition !== 'repeated' &&
      repeated.name !== 'array' &&
      repeated.name !== `${list.name}_tuple`;
    const item = isWrapped
      ? this.#value(this.#take(), within(inside, only!, place.path))
      : this.#value(repeated, inside);
    return listOf(list.name, place, inside, item);
  }

  #map(map: SchemaElement, place: Place): SchemaNode {
    const inside = within(place, this.#take(), place.path);
    const { repetition } = inside;
    const key = this.#field(inside);
    const value = this.#field(inside);
    const { first } = key;
    const { definition } = place;
    return { kind: 'map', name: map.name, definition, first, repetition, key, value };
  }

  #refuse(path: string, what: string): void {
    this.#problems.push(`has the column ${quoted(path)}, which ${what}`);
  }
}

const NO_TEXT: LeafText = { isText: true, write: () => null };

function within(parent: Place, { repetition }: SchemaElement, path: string): Place {
  return {
    path,
    definition: parent.definition + (repetition === 'required' ? 0 : 1),
    repetition: parent.repetition + (repetition === 'repeated' ? 1 : 0),
    depth: parent.depth + 1,
  };
}

function listOf(name: string, place: Place, inside: Place, item: SchemaNode): SchemaNode {
  const { definition } = place;
  return { kind: 'list', name, definition, first: item.first, repetition: inside.repetition, item };
}

function pathOf({ path }: Place, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A name for messages. */
export function quoted(name: string): string {
  return JSON.stringify(plainLine(name, 60));
}
