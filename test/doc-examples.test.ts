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

/** What the compiler says of files that stand at the root of the repository. */
function problemsOf(...texts: readonly string[]): string[] {
  const files = new Map(texts.map((text, at) => [join(ROOT, `doc-examples-${at}.ts`), text]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...others) => {
    const text = files.get(file);
    return text === undefined
      ? getSourceFile(file, ...others)
      : ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  };
  const checked = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()]
    .flatMap((file) => ts.getPreEmitDiagnostics(checked, checked.getSourceFile(file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** The whole programs of the guide: its blocks of TypeScript that import the library. */
function guidePrograms(): string[] {
  const guide = join(ROOT, 'docs/guide');
  const pages = readdirSync(guide).map((name) => readFileSync(join(guide, name), 'utf8'));
  return pages
    .flatMap((page) => [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code))
    .filter((code) => code.includes("from 'tutti'"))
    .map((code) => code.replaceAll("from 'tutti'", "from './src/index.ts'"));
}

test('every example of the library compiles against what the library exports', () => {
  const names = exportedNames();
  expect(problemsOf(program(examples, names))).toEqual([]);
  const wrong = [{ where: 'here', code: "rank([{ left: 'a' }]);" }];
  expect(problemsOf(program(wrong, names))[0]).toMatch(/No overload matches/);
}, 120_000);

test('every program of the guide compiles against what the library exports', () => {
  const programs = guidePrograms();
  expect(programs.length).toBeGreaterThan(3);
  expect(problemsOf(...programs)).toEqual([]);
}, 120_000);

test.each(['rank', 'bootstrap', 'agreement', 'planPairs', 'winProbabilities'])(
  '%s has an example',
  (name) => {
    expect(examples.some(({ code }) => code.includes(`${name}(`))).toBe(true);
  },
);
