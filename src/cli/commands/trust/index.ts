import { plainLine, plainText } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { switchOption } from '../../command-line/option.ts';
import { usageError } from '../../command-line/usage-error.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { askYesNo } from '../../terminal/ask-yes-no.ts';

/** `tutti trust`: agree to the settings of a folder. */
export const command = defineCommand({
  name: 'trust',
  summary: 'agree to the settings of a folder',
  description:
    'Shows what tutti.yaml and .env of a folder would change and, if you agree, lets them take effect until they change.',
  arguments: [
    { name: 'DIR', description: 'Folder, by default the working folder', required: false },
  ],
  options: { yes: switchOption('-y, --yes', 'Agree without being asked') },
  examples: [
    { line: 'tutti trust', does: 'Look at the settings of this folder and agree' },
    { line: 'tutti trust ../shared-project --yes', does: 'Agree to those of another folder' },
  ],
  exitCodes: { 0: 'agreed, or nothing to agree to', 1: 'you did not agree' },
  async run({ arguments: [folder = '.'], options: { yes } }, context) {
    const { openCommandEngine } = await import('../../context/open-command-engine.ts');
    const { keyboard, stderr } = context;
    await using engine = await openCommandEngine(context);
    const { files, open } = await engine.reviewTrust(folder);
    if (open.length === 0) {
      const none = files.length === 0;
      stderr.write(none ? 'There is nothing to agree to.\n' : 'You have agreed already.\n');
      return EXIT_OK;
    }
    for (const { file, changes } of open) {
      stderr.write(`${plainLine(file.path, 1000)} sets:\n`);
      for (const change of changes) stderr.write(`  ${plainText(change)}\n`);
    }
    if (!yes && !keyboard.canAsk) {
      throw usageError('No terminal to ask on.', 'If you agree: tutti trust --yes');
    }
    if (!yes && !(await askYesNo(keyboard, 'Agree?'))) {
      stderr.write('Nothing takes effect.\n');
      return EXIT_SOME_FAILED;
    }
    await engine.agreeToTrust(open);
    stderr.write('Agreed, until they change.\n');
    return EXIT_OK;
  },
});
