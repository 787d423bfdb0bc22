import { readdir } from 'node:fs/promises';
import { isGroup } from '../src/cli/command-line/choose-command.ts';
import type { Command, CommandGroup } from '../src/cli/command-line/command.ts';
import { GLOBAL_OPTIONS } from '../src/cli/command-line/common-options.ts';
import { exitCodeRows, optionMeaning, usageLine } from '../src/cli/command-line/render-help.ts';

/** A file as it should be. */
export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly content: string;
}

const COMMANDS = new URL('../src/cli/commands/', import.meta.url);

/** Makes the list of commands and their reference page from the definitions in src/cli/commands. */
export async function generateCliFiles(): Promise<GeneratedFile[]> {
  const commands = await readCommands();
  return [
    { path: 'src/cli/commands.generated.ts', content: commandList(commands) },
    { path: 'docs/reference/cli.md', content: referencePage(commands) },
  ];
}

async function readCommands(): Promise<(Command | CommandGroup)[]> {
  const folders = (await readdir(COMMANDS)).sort();
  const commands: (Command | CommandGroup)[] = [];
  for (const folder of folders) {
    const file = new URL(`${folder}/index.ts`, COMMANDS);
    const { command } = (await import(file.href)) as {
      command?: Command | CommandGroup;
    };
    if (command === undefined) throw new Error(`commands/${folder}/index.ts exports no command`);
    if (command.name !== folder)
      throw new Error(`commands/${folder} is not named after its command`);
    commands.push(command);
  }
  return commands;
}

function commandList(commands: readonly (Command | CommandGroup)[]): string {
  const entries = commands.map(
    ({ name, summary }) => `  {
    name: ${quoted(name)},
    summary: ${quoted(summary)},
    load: async () => (await import('./commands/${name}/index.ts')).command,
  },
`,
  );
  return `// Written by \`npm run generate\` from src/cli/commands: do not edit.
import type { CommandEntry } from './command-line/command.ts';

/** Every command, by name; none is loaded before it is needed. */
export const COMMANDS: readonly CommandEntry[] = [
${entries.join('')}];
`;
}

function referencePage(commands: readonly (Command | CommandGroup)[]): string {
  const intro = `<!-- Written by \`npm run generate\` from src/cli/commands: do not edit. -->
# Command line

Answers go to standard output, everything else to standard error. \`--\` ends the options; \`-\` is standard input.
An unknown command or option is answered with the nearest right one.

| command | does |
|---|---|
${commands.map(({ name, summary }) => `| [\`${name}\`](#tutti-${name}) | ${cell(summary)} |`).join('\n')}

Every command also has:

${optionTable(GLOBAL_OPTIONS)}
Exit codes, unless a command says otherwise:

${exitCodeTable(undefined)}`;
  return `${[intro, ...commands.flatMap(sectionsOf)].join('\n')}`;
}

function sectionsOf(command: Command | CommandGroup): string[] {
  if (!isGroup(command)) return [commandSection(command)];
  const { name, description, commands, defaultCommand } = command;
  const usual =
    defaultCommand === undefined ? '' : ` Without a word more it is \`tutti ${defaultCommand}\`.`;
  return [
    `## tutti ${name}\n\n${description}${usual}\n`,
    ...commands.map((one) => `#${commandSection(one)}`),
  ];
}

function commandSection(command: Command): string {
  const words = command.arguments.map(({ name, description, choices }) => {
    return `| \`${cell(name)}\` | ${cell(choices ? `${description} (${choices.join(', ')})` : description)} |`;
  });
  const examples = command.examples.map(({ line, does }) => `# ${does}\n${line}`);
  return [
    `## tutti ${command.name}\n`,
    `${command.description}\n`,
    `\`\`\`text\n${usageLine(command)}\n\`\`\`\n`,
    ...(words.length > 0 ? [`| argument | meaning |\n|---|---|\n${words.join('\n')}\n`] : []),
    ...(Object.keys(command.options).length > 0 ? [optionTable(command.options)] : []),
    `\`\`\`sh\n${examples.join('\n\n')}\n\`\`\`\n`,
    ...(command.exitCodes ? [exitCodeTable(command.exitCodes)] : []),
  ].join('\n');
}

function optionTable(options: Command['options']): string {
  const rows = Object.values(options).map(
    (option) => `| \`${cell(option.flags)}\` | ${cell(optionMeaning(option))} |`,
  );
  return `| option | meaning |\n|---|---|\n${rows.join('\n')}\n`;
}

function exitCodeTable(special: Command['exitCodes']): string {
  const rows = exitCodeRows(special).map(([code, meaning]) => `| ${code} | ${cell(meaning)} |`);
  return `| exit code | meaning |\n|---|---|\n${rows.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
