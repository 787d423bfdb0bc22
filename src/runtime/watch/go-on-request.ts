import type { RunRequest } from '../runs/run-input.ts';
import { RUN_OPTION_NAMES } from '../settings/run-options.ts';

/**
 * What is asked of a run that goes on: how it is run and written; what its rows are was said when it was begun.
 *
 * @param folder the run's
 */
export function goOnRequest(request: Omit<RunRequest, 'file'>, folder: string): RunRequest {
  const { limitsFile, limit, skipInvalid, formats, excelSafe } = request;
  const values = RUN_OPTION_NAMES.filter((name) => name !== 'out').map((name) => [
    name,
    request[name],
  ]);
  return {
    ...Object.fromEntries(values),
    ...{ limitsFile, limit, skipInvalid, formats, excelSafe },
    file: folder,
  };
}
