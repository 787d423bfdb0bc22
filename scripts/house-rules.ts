// Rules that no linter here knows. Run by scripts/check.ts; test/architecture.test.ts plants a violation of each.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

/** A rule that a line of code breaks. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

interface Table {
  /** Folder -> room -> rooms of the same folder that it may import. */
  readonly rooms: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly environment: readonly string[];
  readonly exitCodes: readonly string[];
}

const MAX_LINES = 300;
const MAX_COMMAND_LINES = 120;
const COMMAND_FILE = /^src\/cli\/commands\/[^/]+\/index\.ts$/;
const EMPTY_NAMES = /^(utils?|helpers?|common|misc|types|constants|shared)\.ts$/;

const PATTERNS: readonly {
  readonly pattern: RegExp;
  readonly message: string;
  readonly allowedIn: (table: Table) => readonly string[];
}[] = [
  {
    pattern: /\bprocess\.env\b/,
    message: 'process.env is read in src/runtime only',
    allowedIn: (table) => table.environment,
  },
  {
    pattern: /\bprocess\.exit(Code)?\b/,
    message: 'exit codes live in src/cli only',
    allowedIn: (table) => table.exitCodes,
  },
  {
    pattern: /\b(eval|new Function)\s*\(|['"]node:child_process['"]/,
    message: 'nothing is evaluated and no program is started',
    allowedIn: () => [],
  },
  {
    pattern: /['"]node:vm['"]/,
    message: 'nothing is evaluated: only the garbage collector is reached so',
    allowedIn: () => ['cli/context/heap-growth.ts'],
  },
  {
    pattern: /\bDate\.now\(\)|\bMath\.random\(\)/,
    message: 'the clock and randomness are handed in (src/core/clock.ts)',
    allowedIn: () => ['runtime', 'core/system-clock.ts'],
  },
];

/** Looks at every source file below `root/src`. */
export function findViolations(root: string): Violation[] {
  const table = JSON.parse(readFileSync(join(root, 'architecture.json'), 'utf8')) as Table;
  const source = join(root, 'src');
  const inFiles = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(test|generated|d)\.ts$/.test(name))
    .flatMap((name) => findInFile(join(source, name), root, table));
  return [...findInRooms(source, table), ...inFiles];
}

/** Rooms that the table does not have, and rooms of which each would be below the other. */
function findInRooms(source: string, { rooms }: Table): Violation[] {
  const violation = (message: string) => ({ file: 'architecture.json', line: 1, message });
  return Object.entries(rooms).flatMap(([folder, table]) => {
    const unlisted = subfolders(join(source, folder)).filter((room) => !Object.hasOwn(table, room));
    const circle = circleOf(table);
    return [
      ...unlisted.map((room) => violation(`the room src/${folder}/${room} is not in the table`)),
      ...(circle
        ? [violation(`the rooms of ${folder} make a circle: ${circle.join(' -> ')}`)]
        : []),
    ];
  });
}

function subfolders(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(path, entry.name)).length > 0)
    .map(({ name }) => name);
}

/** A way from a room back to itself; undefined when there is none. */
function circleOf(table: Readonly<Record<string, readonly string[]>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (room: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(room)) return [...way.slice(way.indexOf(room)), room];
    if (done.has(room)) return undefined;
    for (const below of table[room] ?? []) {
      const circle = visit(below, [...way, room]);
      if (circle) return circle;
    }
    done.add(room);
    return undefined;
  };
  for (const room of Object.keys(table)) {
    const circle = visit(room, []);
    if (circle) return circle;
  }
  return undefined;
}

function findInFile(path: string, root: string, table: Table): Violation[] {
  const file = relative(root, path).split(sep).join('/');
  const lines = readFileSync(path, 'utf8').split('\n');
  const violations: Violation[] = [];
  const most = COMMAND_FILE.test(file) ? MAX_COMMAND_LINES : MAX_LINES;
  if (lines.length - 1 > most) {
    violations.push({ file, line: most + 1, message: `the file has more than ${most} lines` });
  }
  if (EMPTY_NAMES.test(basename(file))) {
    violations.push({ file, line: 1, message: 'the name of the file says nothing' });
  }
  lines.forEach((text, index) => {
    if (/^\s*(\/\/|\*|\/\*)/.test(text)) return;
    for (const { pattern, message, allowedIn } of PATTERNS) {
      if (
        pattern.test(text) &&
        !allowedIn(table).some((place) => file.startsWith(`src/${place}`))
      ) {
        violations.push({ file, line: index + 1, message });
      }
    }
  });
  return violations;
}
