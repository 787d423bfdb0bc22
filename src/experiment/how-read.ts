import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { RunState } from '../store/index.ts';
import type { FirstPass } from './first-pass.ts';
import type { FindTarget, LaneTarget, TargetProblem } from './lane-plan.ts';
import { modelName } from './row/model-name.ts';

/**
 * What `run.json` keeps so that the same rows are read again without asking anything: `limit`, how many lines of the copy
 * (null for all), and, by what a model's name stands for, whether one request carries several choices, whether it is
 * composite, and how many rows it refused.
 */
export function howRead(pass: FirstPass, limit: number | undefined): JsonObject {
  const models: Record<string, JsonObject> = Object.create(null);
  for (const [lane, target] of pass.lanes.entries()) {
    const name = target.resolvedReference;
    const before = models[name]?.refused_rows;
    const refused = (pass.refusedRows.get(lane) ?? 0) + (typeof before === 'number' ? before : 0);
    models[name] = {
      several_choices: target.severalChoices,
      ...(target.isComposite && { composite: true }),
      ...(refused > 0 && { refused_rows: refused }),
    };
  }
  const { refusedRows } = pass.media;
  return {
    limit: limit === undefined ? null : pass.linesRead,
    models,
    ...(refusedRows > 0 && { media_refused_rows: refusedRows }),
  };
}

/** True for a run of which rows were left out because of what they show. */
export function leftOutMedia({ reading }: RunState): boolean {
  return isJsonObject(reading) && reading.media_refused_rows !== undefined;
}

/** How many lines a run read; undefined in a run of an earlier version, which did not keep it. */
export function limitOf({ reading }: RunState): number | null | undefined {
  if (!isJsonObject(reading)) return undefined;
  return typeof reading.limit === 'number' ? reading.limit : null;
}

/**
 * Finds the models of a run as they were when it was read. One whose name is not found any more, or means another now, is
 * known by what `run.json` keeps of it, unless it refused rows: which ones is then not known.
 */
export function targetsAsRead(state: RunState, findTarget: FindTarget): FindTarget {
  const kept = isJsonObject(state.reading) ? state.reading.models : undefined;
  const names = isJsonObject(state.settings) ? state.settings.models : undefined;
  return (selector) => {
    const found = findTarget(selector);
    const isFound = !('message' in found);
    const name = isFound ? found.reference : modelName(selector);
    const stoodFor = own(names, name);
    const resolved = typeof stoodFor === 'string' ? stoodFor : null;
    const model = resolved === null ? undefined : own(kept, resolved);
    const known = isJsonObject(model) ? model : undefined;
    if (isFound && (resolved === null || resolved === found.resolvedReference)) {
      return known === undefined ? found : asRead(found, known);
    }
    if (resolved === null || known === undefined || known.refused_rows !== undefined) {
      return isFound ? otherModel(name, stoodFor) : found;
    }
    return asRead(unopened(name, resolved, selector.group), known);
  };
}

function asRead(target: LaneTarget, known: JsonObject): LaneTarget {
  const { refuses, ...rest } = target;
  return {
    ...rest,
    severalChoices: known.several_choices === true,
    isComposite: known.composite === true,
    ...(refuses && known.refused_rows !== undefined && { refuses }),
  };
}

function unopened(reference: string, resolved: string, group: string | null): LaneTarget {
  return {
    ...{ reference, resolvedReference: resolved, group, limiters: [], severalChoices: false },
    name: group === null ? resolved : `${group} · ${resolved}`,
    open: () => Promise.reject(new Error('nothing is sent')),
  };
}

function otherModel(name: string, stoodFor: JsonValue | undefined): TargetProblem {
  return {
    message: `${name} stood for ${stoodFor} when the run began and means another model now`,
    hint: 'Give the name its meaning back.',
  };
}

/** Names come from files: none is looked up in a prototype. */
function own(object: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}
