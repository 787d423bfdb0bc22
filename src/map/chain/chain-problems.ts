import { plainLine } from '../../core/plain-text.ts';
import type { TableColumns } from '../table-columns.ts';
import { type ChainPlan, chainColumns } from './chain-plan.ts';

/** Says which columns of the steps cannot be, a sentence each. */
export function chainProblems(chain: ChainPlan, columns: TableColumns): readonly string[] {
  const { needed, named, again } = chainColumns(chain);
  const unknown = [...needed, ...named].filter(({ column }) => !columns.has(column));
  return [
    ...unknown.map(
      ({ step, column }) =>
        `step ${step} reads ${quoted(column)}, which neither the table has nor a step before it makes`,
    ),
    ...(chain.overwrites ? [] : again).map(
      ({ step, column }) =>
        `step ${step} makes ${quoted(column)}, which a step before it makes: --overwrite replaces it`,
    ),
  ];
}

function quoted(name: string): string {
  return JSON.stringify(plainLine(name, 100));
}
