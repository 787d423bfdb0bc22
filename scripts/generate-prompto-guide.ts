import { readFileSync } from 'node:fs';
import { PROMPTO_COMMANDS, type PromptoCommand } from '../src/cli/prompto/prompto-commands.ts';
import type { PromptoFlag } from '../src/cli/prompto/prompto-flags.ts';
import type { GeneratedFile } from './generate-cli.ts';

const PATH = 'docs/guide/from-prompto.md';
const START =
  '<!-- Written by `npm run generate` from src/cli/prompto/prompto-commands.ts: do not edit. -->\n';
const END = '<!-- Written until here. -->\n';

/** Writes the tables of prompto's commands and flags into their guide; the rest of it is written by hand. */
export function generatePromptoGuide(): GeneratedFile[] {
  const page = readFileSync(new URL(`../${PATH}`, import.meta.url), 'utf8');
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`${PATH} has no place for the tables`);
  const said = new Set<string>();
  const tables = PROMPTO_COMMANDS.map((one) => section(one, said)).join('\n');
  return [
    { path: PATH, content: `${page.slice(0, start)}${START}\n${tables}\n${page.slice(end)}` },
  ];
}

/** @param said the notes that stand further up */
function section(one: PromptoCommand, said: Set<string>): string {
  const { name, inPages = [], repositoryOnly, flags, note } = one;
  const remarks = [
    ...(repositoryOnly ? ['Only in the repository.'] : []),
    ...inPages.map((page) => `Also called \`${page}\` by prompto's pages.`),
    ...(note === undefined ? [] : [note]),
  ];
  const text = remarks.length === 0 ? '' : `${remarks.join(' ')}\n\n`;
  const rows = flags.map((flag) => {
    const usual = flag.default === undefined ? '' : `\`${flag.default}\``;
    return `| ${spelt(flag)} | ${usual} | ${here(flag)} | ${noteOf(flag, said)} |`;
  });
  return `### ${name}\n\n${instead(one)}${text}| prompto | default | here | |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function instead({ command, always }: PromptoCommand): string {
  if (command === null) return '';
  const words = always === undefined ? '' : ` ${always}`;
  return `Here: \`tutti ${command}${words}\`.\n\n`;
}

function spelt({ spellings, inPip, inPages = [], value }: PromptoFlag): string {
  const pip =
    inPip === undefined ? [] : [inPip.length === 0 ? 'not in 0.2.1' : `0.2.1: ${code(inPip)}`];
  const pages = inPages.length === 0 ? [] : [`on its pages: ${code(inPages)}`];
  const others = [...pip, ...pages];
  const what = value === undefined ? '' : ` ${value}`;
  return `${code(spellings)}${what}${others.length === 0 ? '' : ` (${others.join('; ')})`}`;
}

function here({ here: words, value = '', isList }: PromptoFlag): string {
  const written = words.replace('{}', isList ? value.replace(/S$/, '') : value);
  return written === '' ? '–' : `\`${written}\``;
}

function noteOf({ note }: PromptoFlag, said: Set<string>): string {
  if (note === undefined) return '';
  if (said.has(note)) return 'as above';
  said.add(note);
  return note;
}

function code(spellings: readonly string[]): string {
  return spellings.map((one) => `\`${one}\``).join(', ');
}
