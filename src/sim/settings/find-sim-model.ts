import { PANEL_NAMES, readPanelSettings } from './panel-settings.ts';
import { SIM_MODELS, type SimModel } from './sim-models.ts';

/** A name taken apart: `member?skill=0.7`. */
export interface SimName {
  /** What stands before the question mark. */
  readonly base: string;
  /** What stands behind it; null without one. */
  readonly query: string | null;
}

/** Takes the name of a simulated model apart; only those of panels have parameters. */
export function readSimName(name: string): SimName {
  const mark = name.indexOf('?');
  const base = mark < 0 ? name : name.slice(0, mark);
  if (mark < 0 || !PANEL_NAMES.includes(base)) return { base: name, query: null };
  return { base, query: name.slice(mark + 1) };
}

/** Finds a simulated model by its name, with or without parameters; undefined when there is none. */
export function findSimModel(name: string): SimModel | undefined {
  const { base } = readSimName(name);
  return SIM_MODELS.find((model) => model.name === base);
}

/** What is wrong with the parameters of a simulated model's name; null when nothing is. */
export function parameterProblem(
  name: string,
): { readonly problem: string; readonly hint: string } | null {
  const { query } = readSimName(name);
  const read = query === null ? null : readPanelSettings(query);
  return read !== null && 'problem' in read ? read : null;
}
