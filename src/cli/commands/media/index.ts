import type { CommandGroup } from '../../command-line/command.ts';
import { deleteMediaCommand } from './delete.ts';
import { listMediaCommand } from './list.ts';
import { uploadMediaCommand } from './upload.ts';

/** `tutti media`: the files that a vendor keeps for an account. */
export const command: CommandGroup = {
  name: 'media',
  summary: 'list, upload and delete the files that Gemini keeps for an account',
  description:
    'Lists what is in the Files API of Gemini, uploads files there and deletes them. A run uploads by itself what is too large for a request; Gemini forgets files after 48 hours.',
  commands: [listMediaCommand, uploadMediaCommand, deleteMediaCommand],
};
