import type { JsonObject, JsonValue } from '../../core/json.ts';

/** A row on its way through a chain: one that a step asks about. */
export interface ChainNode {
  /** The number of the step, counted from 0. */
  readonly step: number;
  /** Which child it is, of which: `2.0`; empty for the row itself. */
  readonly path: string;
  /** Its columns, as templates and conditions see them. */
  readonly row: JsonObject;
  /** What the steps made of it, in order. */
  readonly made: ReadonlyMap<string, JsonValue>;
  /** Columns of the input that are gone, because their lists have become rows. */
  readonly gone: ReadonlySet<string>;
}

/** The row of the input, before the first step. */
export function rootNode(row: JsonObject): ChainNode {
  return { step: 0, path: '', row, made: new Map(), gone: new Set() };
}

/** What the calls about a node are called: `rate/2.0`, and just `rate` for the row itself. */
export function askName(step: string, { path }: Pick<ChainNode, 'path'>): string {
  return path === '' ? step : `${step}/${path}`;
}

/** A node of the next step, with some columns more. @param index which of its parent's children it is, counted from 0 */
export function childNode(
  parent: ChainNode,
  index: number,
  columns: Iterable<readonly [string, JsonValue]>,
): ChainNode {
  const added = [...columns];
  const made = new Map(parent.made);
  for (const [name, value] of added) made.set(name, value);
  return {
    step: parent.step + 1,
    path: parent.path === '' ? String(index) : `${parent.path}.${index}`,
    row: { ...parent.row, ...Object.fromEntries(added) },
    made,
    gone: parent.gone,
  };
}

/** A node without a column. */
export function withoutColumn(node: ChainNode, column: string): ChainNode {
  const { [column]: _, ...row } = node.row;
  const made = new Map(node.made);
  made.delete(column);
  return { ...node, row, made, gone: new Set([...node.gone, column]) };
}
