import { createProcessHost } from './process-host.ts';
import { runCli } from './run-cli.ts';

const host = createProcessHost();
const exitCode = await runCli(process.argv.slice(2), host);
await host.flush();
// Connections that are kept alive must not hold the process.
process.exit(exitCode);
