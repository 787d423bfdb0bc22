import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption } from '../../command-line/common-options.ts';
import { switchOption } from '../../command-line/option.ts';
import { usageError } from '../../command-line/usage-error.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { endpointOption } from './endpoint-option.ts';

/** `tutti media delete`. */
export const deleteMediaCommand = defineCommand({
  name: 'media delete',
  summary: 'delete files that are there',
  description:
    'Deletes files that the vendor keeps for the account: those that are named, or all of them, whoever uploaded them.',
  arguments: [
    {
      name: 'NAME',
      description: 'Name of a file, as `tutti media list` has it',
      required: false,
      repeatable: true,
    },
  ],
  options: {
    all: switchOption('--all', 'Delete every file of the account; wants --yes, too'),
    yes: switchOption('--yes', 'Yes, all of them'),
    endpoint: endpointOption,
    json: jsonOption,
  },
  examples: [
    { line: 'tutti media delete files/abc', does: 'Delete one file' },
    { line: 'tutti media delete --all --yes', does: 'Delete all files of the account' },
  ],
  exitCodes: { 0: 'deleted', 1: 'a file was not there' },
  async run({ arguments: names, options: { all, yes, endpoint, json } }, context) {
    if (all === names.length > 0) {
      throw usageError(
        all ? 'Files are named, and --all is given.' : 'No file is named.',
        'Name files, or delete all of them with --all --yes.',
      );
    }
    if (all && !yes) {
      const hint = 'tutti media list shows them; to delete all of them add --yes.';
      throw usageError('--all deletes every file of the account.', hint);
    }
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    await using engine = await openCommandEngine(context);
    const { removed, missing } = await engine.deleteMedia({ endpoint, names, all });
    if (json) context.stdout.write(`${JSON.stringify({ removed, missing })}\n`);
    else {
      for (const name of removed) context.stderr.write(`Deleted ${plainLine(name, 100)}.\n`);
      for (const name of missing) context.stderr.write(`${plainLine(name, 100)} is not there.\n`);
    }
    return missing.length > 0 ? EXIT_SOME_FAILED : EXIT_OK;
  },
});
