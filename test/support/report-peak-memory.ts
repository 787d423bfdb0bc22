// Loaded into a process before its program: leaves the peak of its memory in a file when it ends.
import { writeFileSync } from 'node:fs';

const file = process.env.PEAK_MEMORY_FILE!;
delete process.env.PEAK_MEMORY_FILE;
process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)));
