import type { JsonObject } from '../core/json.ts';
import { withAddition } from '../store/index.ts';
import { withReplaced } from './members.ts';
import type { RowYield } from './row-yield.ts';

/** How the rows of the output are made of a row and what came of it. */
export interface RowMaking {
  /** The columns that the map makes, in order. */
  readonly made: readonly string[];
  /** True where a made column may be one of the row's. */
  readonly replaces: boolean;
  /** Leaves out a row that was answered with nothing. */
  readonly dropsEmpty: boolean;
  /** Names that the row may have besides: an object's key that is one of them is left out. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Makes the rows of the output that come of a row of the input, as the texts of JSON objects: one of nulls where nothing
 * did.
 */
export type RowMaker = (
  text: string,
  came: Pick<RowYield, 'rows' | 'isEmpty'>,
) => readonly string[];

/** A maker of rows; one makes all those of an output. */
export function rowMaker(making: RowMaking): RowMaker {
  const joined = making.replaces ? replacer(making) : adder(making);
  return (text, { rows, isEmpty }) => {
    if (rows.length > 0) return rows.map((object) => joined(text, object));
    return isEmpty && making.dropsEmpty ? [] : [joined(text, {})];
  };
}

type Joiner = (text: string, object: JsonObject) => string;

/** Built by hand, as it runs for every row of the output. */
function adder({ made, taken }: RowMaking): Joiner {
  const starts = made.map((name) => `,${JSON.stringify(name)}:`);
  const known = new Set([...made, ...taken]);
  return (text, object) => {
    let added = '';
    for (let at = 0; at < made.length; at++) added += starts[at] + valueText(object, made[at]!);
    // What a schema allows besides its properties has columns, too.
    for (const name in object) {
      if (!known.has(name)) added += `,${JSON.stringify(name)}:${valueText(object, name)}`;
    }
    return added === '' ? text : withAddition(text, `${added}}`);
  };
}

function replacer({ made }: RowMaking): Joiner {
  const known = new Set(made);
  return (text, object) => {
    const more = Object.keys(object).filter((name) => !known.has(name));
    const members = [...made, ...more].map((name) => ({ name, value: valueText(object, name) }));
    return withReplaced(text, members);
  };
}

function valueText(object: JsonObject, name: string): string {
  return Object.hasOwn(object, name) ? JSON.stringify(object[name] ?? null) : 'null';
}
