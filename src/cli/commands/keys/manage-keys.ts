import { plainLine } from '../../../core/plain-text.ts';
import { keyVariableFor, listKeys, removeKey, setKey } from '../../../runtime/index.ts';
import { usageError } from '../../command-line/usage-error.ts';
import type { CliContext } from '../../context.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../exit-code.ts';
import { openCommandEngine } from '../../open-command-engine.ts';
import { renderTable, type TableColumn, tableWidth } from '../../render/text-table.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'variable', align: 'left' },
  { title: 'ends', align: 'left' },
  { title: 'found in', align: 'left', shrinks: true },
];

/** Keeps a key that is typed or piped in. */
export async function keepKey(name: string | undefined, context: CliContext): Promise<number> {
  const { keyboard, messages } = context;
  const { home, variable } = await findVariable(name, 'set', context);
  if (keyboard.isTerminal && !keyboard.canAsk) {
    throw usageError('Nobody can be asked here.', `Pipe the key in: tutti keys set ${name} < FILE`);
  }
  const key = keyboard.canAsk
    ? await keyboard.askLine(`Key for ${variable} (it is not shown): `, { hidden: true })
    : await keyboard.readAll();
  if (key.trim() === '') throw usageError('No key was given.', 'Type it, or pipe it in.');
  await setKey(home, variable, key);
  messages.write(`Kept ${variable}, readable by you only.\n`);
  return EXIT_OK;
}

/** Removes a key that was kept. */
export async function forgetKey(name: string | undefined, context: CliContext): Promise<number> {
  const { home, variable } = await findVariable(name, 'remove', context);
  const removed = await removeKey(home, variable);
  context.messages.write(removed ? `Removed ${variable}.\n` : `${variable} is not kept.\n`);
  return removed ? EXIT_OK : EXIT_SOME_FAILED;
}

/** Lists which keys were found and where; at most three characters of each. */
export async function showKeys(json: boolean, context: CliContext): Promise<number> {
  const { answers, messages } = context;
  const configuration = await ownConfiguration(context);
  const found = listKeys(configuration.layers, {
    providers: configuration.providers,
    endpoints: configuration.settings.endpoints,
  });
  if (json) {
    answers.write(`${JSON.stringify(found)}\n`);
    return EXIT_OK;
  }
  for (const notice of configuration.notices) messages.write(`${plainLine(notice, 500)}\n`);
  if (found.length === 0) {
    messages.write('No key was found. Keep one: tutti keys set openai\n');
    return EXIT_OK;
  }
  const rows = found.map(({ variable, ends, where, hidden }) => [
    plainLine(variable),
    ends === null ? '' : `...${ends}`,
    plainLine(where) + (hidden ? ' (not used: it is also set in a stronger place)' : ''),
  ]);
  answers.write(`${renderTable(COLUMNS, rows, tableWidth(answers)).join('\n')}\n`);
  return EXIT_OK;
}

async function findVariable(name: string | undefined, action: string, context: CliContext) {
  if (name === undefined) {
    throw usageError(`keys ${action} needs a name.`, `Such as: tutti keys ${action} openai`);
  }
  const { home, providers, settings } = await ownConfiguration(context);
  return { home, variable: keyVariableFor(name, { providers, endpoints: settings.endpoints }) };
}

/** Keys belong to the user: the working folder has no say. */
async function ownConfiguration(context: CliContext) {
  const engine = await openCommandEngine(context);
  return engine.configuration({ withProject: false });
}
