import { SERVER_READERS } from './server-readers.ts';
import { type Readers, TEXT_READERS } from './text-readers.ts';
import { VOTE_READERS } from './vote-readers.ts';

/** Everything of the program that reads what somebody else wrote. */
export const READERS: Readers = { ...TEXT_READERS, ...SERVER_READERS, ...VOTE_READERS };
