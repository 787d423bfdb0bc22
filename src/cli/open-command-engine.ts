import type { Engine } from '../runtime/index.ts';
import { agreeOnTerminal } from './agree.ts';
import type { CliContext } from './context.ts';

/** Opens the engine for a command: asks on the terminal about the folder's settings, unless `--trust` was given. */
export function openCommandEngine(
  context: CliContext,
  { trust = false }: { readonly trust?: boolean } = {},
): Promise<Engine> {
  return context.openEngine({
    environment: context.environment,
    workingFolder: context.workingFolder,
    clock: context.clock,
    trust,
    agree: agreeOnTerminal(context),
  });
}
