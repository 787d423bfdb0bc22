import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const INDEX = join(ROOT, 'src/index.ts');

interface Example {
  readonly where: string;
  readonly code: string;
}

/** The code after each `@example` in the doc comments of a file. */
function examplesOf(file: string): Example[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/\/\*\*(?:(?!\*\/).)*?@example\n(.*?)\*\//gs)].map(([, body = '']) => ({
    where: file,
    code: body
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, ''))
      .join('\n'),
  }));
}

/** Every example as a function of one file that imports what it names from the library. */
function program(examples: readonly Example[], exported: readonly string[]): string {
  const used = exported.filter((name) => {
    const word = new RegExp(`\\b${name.replace('type ', '')}\\b`);
    return examples.some(({ code }) => word.test(code));
  });
  const functions = examples.map(({ where, code }, at) => {
    return `// ${where}\nexport async function example${at}() {\n${code}\n}\n`;
  });
  return `import { ${used.join(', ')} } from './src/index.ts';\n${functions.join('\n')}`;
}

const examples = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .flatMap((name) => examplesOf(join('src', name)));

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options;
}

function exportedNames(): string[] {
  const source = ts.createSourceFile(INDEX, readFileSync(INDEX, 'utf8'), ts.ScriptTarget.Latest);
  const names: string[] = [];
  ts.forEachChild(source, (node) => {
    if (!ts.isExportDeclaration(node) || !node.exportClause) return;
    if (!ts.isNamedExports(node.exportClause)) return;
    for (const { name, isTypeOnly } of node.exportClause.elements) {
      names.push(node.isTypeOnly || isTypeOnly ? `type ${name.text}` : name.text);
    }
  });
  return names;
}

/** What the compiler says of a file that stands at the root of the repository. */
function problemsOf(text: string): string[] {
  const path = join(ROOT, 'doc-examples.ts');
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => file === path || fileExists(file);
  host.getSourceFile = (file, ...others) =>
    file === path
      ? ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
      : getSourceFile(file, ...others);
  const checked = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(checked, checked.getSourceFile(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('every example of the library compiles against what the library exports', () => {
  const names = exportedNames();
  expect(problemsOf(program(examples, names))).toEqual([]);
  const wrong = [{ where: 'here', code: "rank([{ left: 'a' }]);" }];
  expect(problemsOf(program(wrong, names))[0]).toMatch(/No overload matches/);
}, 120_000);

test.each(['rank', 'bootstrap', 'agreement', 'planPairs', 'winProbabilities'])(
  '%s has an example',
  (name) => {
    expect(examples.some(({ code }) => code.includes(`${name}(`))).toBe(true);
  },
);
