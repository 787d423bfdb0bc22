// Loaded into a process before its program: the file operation number FAIL_AT fails with FAIL_WITH.
import { writeFileSync } from 'node:fs';
import { nodeFiles } from '../../src/io/index.ts';
import { failingFiles } from './failing-files.ts';

const { files, failed } = failingFiles({
  at: Number(process.env.FAIL_AT),
  fault: process.env.FAIL_WITH!,
  forGood: process.env.FAIL_FOR_GOOD === '1',
});
const reached = process.env.FAIL_REACHED!;
// The wrapper keeps the real operations; what the program is given is replaced under its hands.
Object.assign(nodeFiles, files);
process.on('exit', () => writeFileSync(reached, failed() ? 'yes' : 'no'));
