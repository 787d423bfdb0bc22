import { readdir, readFile } from 'node:fs/promises';
import type { GeneratedFile } from './generate-cli.ts';

const ACTIONS = new URL('../src/runtime/actions/', import.meta.url);
/** An action: a function that `src/runtime/actions/FILE` exports. */
interface Action {
  readonly file: string;
  readonly name: string;
  /** The first sentence of its description. */
  readonly about: string;
}

/** Makes the list of actions from the files in src/runtime/actions. */
export async function generateActions(): Promise<GeneratedFile[]> {
  const files = (await readdir(ACTIONS)).filter((file) => /^[a-z-]+\.ts$/.test(file)).sort();
  const found = await Promise.all(files.map(readActions));
  return [{ path: 'src/runtime/actions.generated.ts', content: listOf(found.flat()) }];
}

async function readActions(file: string): Promise<Action[]> {
  const text = await readFile(new URL(file, ACTIONS), 'utf8');
  const found = [...text.matchAll(/^export async function (\w+)/gm)];
  if (found.length === 0) throw new Error(`actions/${file} exports no action`);
  return found.map(({ 1: name = '', index }) => ({
    file,
    name,
    about: firstSentence(text.slice(text.lastIndexOf('/**', index), index)),
  }));
}

function firstSentence(comment: string): string {
  const words = comment.replace(/^\/\*\*|\*\/\s*$|^ *\*/gm, '').split(/\n\s*\n|@/)[0] ?? '';
  return words.replace(/\s+/g, ' ').trim();
}

function listOf(actions: readonly Action[]): string {
  const entries = actions.map(
    ({ file, name, about }) => `  /** ${about} */
  ${name}: async () => (await import('./actions/${file}')).${name},
`,
  );
  return `// Written by \`npm run generate\` from src/runtime/actions: do not edit.

/** Every action by its name; none is loaded before it is used. */
export const ACTIONS = {
${entries.join('')}};
`;
}
