import { PANEL_READERS } from './panel-readers.ts';
import { SERVER_READERS } from './server-readers.ts';
import { SIM_READERS } from './sim-readers.ts';
import { TABLE_READERS } from './table-readers.ts';
import { type Readers, TEXT_READERS } from './text-readers.ts';
import { VOTE_READERS } from './vote-readers.ts';

/** Everything of the program that reads what somebody else wrote. */
export const READERS: Readers = {
  ...TEXT_READERS,
  ...SERVER_READERS,
  ...VOTE_READERS,
  ...TABLE_READERS,
  ...PANEL_READERS,
  ...SIM_READERS,
};
