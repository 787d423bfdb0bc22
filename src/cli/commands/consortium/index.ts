import type { CommandGroup } from '../../command-line/command.ts';
import { calibrateConsortiumCommand } from './calibrate.ts';
import { checkConsortiumCommand } from './check.ts';
import { listConsortiumsCommand } from './list.ts';
import { removeConsortiumCommand } from './remove.ts';
import { runConsortiumCommand } from './run.ts';
import { saveConsortiumCommand } from './save.ts';
import { showConsortiumCommand } from './show.ts';
import { strategiesCommand } from './strategies.ts';

/** `tutti consortium`: several models that agree on one answer. */
export const command: CommandGroup = {
  name: 'consortium',
  summary: 'let several models agree on one answer, and keep them as a model',
  description:
    'Asks several models the same, and makes one answer of theirs: an arbiter writes or chooses it, or they vote. Saved under a name, a consortium is a model: ask, run and all others take it with -m.',
  commands: [
    runConsortiumCommand,
    saveConsortiumCommand,
    listConsortiumsCommand,
    showConsortiumCommand,
    removeConsortiumCommand,
    strategiesCommand,
    checkConsortiumCommand,
    calibrateConsortiumCommand,
  ],
  defaultCommand: 'consortium run',
  defaultTakesWords: true,
};
