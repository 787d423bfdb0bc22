import type { ColumnCursor } from './column-cursor.ts';
import { damaged, ParquetProblem } from './parquet-problem.ts';
import { type Leaf, quoted, type SchemaNode } from './schema-tree.ts';

/** The longest row, in characters, as the longest line of a table. */
const LONGEST_ROW = 64 * 1024 * 1024;

/**
 * Puts rows together from their columns: a cell is a text, JSON, or null for what is not there. Null and NaN are absent
 * in structs and maps, and null in lists, which have places.
 */
export class RowCells {
  readonly #columns: readonly SchemaNode[];
  readonly #cursors: readonly ColumnCursor[];
  #column = '';
  #length = 0;
  #problem: string | null = null;

  /** @param cursors by the number of their leaf */
  constructor(columns: readonly SchemaNode[], cursors: readonly ColumnCursor[]) {
    this.#columns = columns;
    this.#cursors = cursors;
  }

  /** What is wrong with values of the row that was read last, as the end of a sentence. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Characters of the row that was read last. */
  get length(): number {
    return this.#length;
  }

  /** Reads the next row. @throws ParquetProblem, RangeError for bytes that are no rows */
  next(): readonly (string | null)[] {
    this.#length = 0;
    this.#problem = null;
    for (const cursor of this.#cursors) {
      if (cursor.repetition !== 0) throw damaged('a row begins within a list');
    }
    return this.#columns.map((column) => {
      this.#column = column.name;
      return column.kind === 'leaf' ? this.#leaf(column.first) : this.#json(column);
    });
  }

  /** @throws ParquetProblem where columns go on behind the last row */
  end(): void {
    if (this.#cursors.some(({ ended }) => !ended)) throw damaged('a column has too many values');
  }

  readonly #tell = (problem: string): void => {
    this.#problem ??= `has a value in the column ${quoted(this.#column)} that ${problem}`;
  };

  #cursor({ index }: Leaf): ColumnCursor {
    return this.#cursors[index]!;
  }

  #leaf(leaf: Leaf): string | null {
    const cursor = this.#cursor(leaf);
    const isThere = cursor.definition === leaf.definition;
    const text = isThere ? leaf.text.write(cursor.value(), this.#tell) : null;
    cursor.next();
    this.#add(text?.length ?? 0);
    return text;
  }

  #json(node: SchemaNode): string | null {
    if (node.kind === 'leaf') {
      const text = this.#leaf(node.first);
      return text === null || !node.first.text.isText ? text : JSON.stringify(text);
    }
    if (this.#cursor(node.first).definition < node.definition) return this.#pass(node, null);
    if (node.kind === 'struct') return this.#struct(node.fields);
    // One level more says that there is something in it.
    const isEmpty = this.#cursor(node.first).definition === node.definition;
    if (isEmpty) return this.#pass(node, node.kind === 'list' ? '[]' : '{}');
    const items = this.#items(node);
    return node.kind === 'list' ? `[${items.join(',')}]` : `{${items.join(',')}}`;
  }

  #struct(fields: readonly SchemaNode[]): string {
    const members: string[] = [];
    for (const field of fields) {
      const value = this.#json(field);
      if (value !== null) members.push(`${JSON.stringify(field.name)}:${value}`);
    }
    return `{${members.join(',')}}`;
  }

  #items(node: Extract<SchemaNode, { readonly kind: 'list' | 'map' }>): readonly string[] {
    const items: string[] = [];
    const cursor = this.#cursor(node.first);
    do {
      if (node.kind === 'list') items.push(this.#json(node.item) ?? 'null');
      else {
        const key = this.#leaf(node.key.first);
        const value = this.#json(node.value);
        if (value !== null) items.push(`${JSON.stringify(key ?? '')}:${value}`);
      }
      this.#add(8);
    } while (cursor.repetition >= node.repetition);
    return items;
  }

  /** Passes over the one place that something absent or empty has in each column below it. */
  #pass(node: SchemaNode, text: string | null): string | null {
    if (node.kind === 'leaf') this.#cursor(node.first).next();
    else if (node.kind === 'struct') for (const field of node.fields) this.#pass(field, null);
    else if (node.kind === 'list') this.#pass(node.item, null);
    else {
      this.#pass(node.key, null);
      this.#pass(node.value, null);
    }
    return text;
  }

  #add(length: number): void {
    this.#length += length;
    if (this.#length > LONGEST_ROW) throw new ParquetProblem('has a row of more than 64 MB');
  }
}
