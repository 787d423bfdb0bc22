import type { Condition } from '../../templates/index.ts';
import { fieldsOf, type MapPlan, newColumns } from '../map-plan.ts';
import type { DedupeColumns } from '../row-dedupe.ts';

/** One of several steps: what is asked, of whom, and which of what comes goes on. */
export interface ChainStep {
  /** Its name is the step's: the calls of its rows begin with it. */
  readonly plan: MapPlan;
  /** Its model as it is named; null: the model that the row is for. */
  readonly reference: string | null;
  /** The column whose lists become rows; null: none. */
  readonly explode: string | null;
  /** Rows of which it does not hold are dropped; null: none are. */
  readonly keep: Condition | null;
  /** By which columns repeats of what goes on are found; null: they stay. All rows wait for each other there. */
  readonly distinct: DedupeColumns | null;
  /** Of what is answered with nothing no row stays. */
  readonly dropsEmpty: boolean;
}

/** Several steps, each for what came out of the one before. */
export interface ChainPlan {
  /** At least one, each of another name. */
  readonly steps: readonly ChainStep[];
  /** True: a column that is there may be made anew. */
  readonly overwrites: boolean;
}

/** A column that a step reads or makes. */
export interface StepColumn {
  readonly step: string;
  readonly column: string;
}

/** What a chain does with columns. */
export interface ChainColumns {
  /** Columns that templates read and no step before makes, each once. */
  readonly needed: readonly StepColumn[];
  /** Columns that are named elsewhere and that no step up to there makes. */
  readonly named: readonly StepColumn[];
  /** All that the steps make, in order, each once. */
  readonly made: readonly string[];
  /** Columns that a step makes though one before it does. */
  readonly again: readonly StepColumn[];
  /** True where rows may come to have columns that nobody names: of exploded objects, or of a schema. */
  readonly mayMakeAny: boolean;
}

/** Goes through the steps' columns. */
export function chainColumns({ steps }: Pick<ChainPlan, 'steps'>): ChainColumns {
  const made = new Set<string>();
  const needed = new Map<string, StepColumn>();
  const named: StepColumn[] = [];
  const again: StepColumn[] = [];
  let mayMakeAny = false;
  for (const { plan, explode, keep, distinct } of steps) {
    const step = plan.name;
    const isUnknown = (column: string) => !mayMakeAny && !made.has(column);
    for (const column of fieldsOf(plan)) {
      if (isUnknown(column) && !needed.has(column)) needed.set(column, { step, column });
    }
    for (const column of newColumns(plan)) {
      if (made.has(column)) again.push({ step, column });
      made.add(column);
    }
    mayMakeAny ||= plan.output.kind === 'data' && plan.output.form.typed === null;
    if (explode !== null && isUnknown(explode)) named.push({ step, column: explode });
    mayMakeAny ||= explode !== null;
    for (const column of [...(keep?.fields ?? []), ...(distinct?.columns ?? [])]) {
      if (isUnknown(column)) named.push({ step, column });
    }
  }
  return { needed: [...needed.values()], named, made: [...made], again, mayMakeAny };
}
