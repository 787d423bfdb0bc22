// What architecture.json allows and nobody does: reported by scripts/check.ts, never refused.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Table {
  readonly folders: Readonly<Record<string, readonly string[]>>;
  readonly rooms: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly furtherEntries: Readonly<Record<string, readonly string[]>>;
}

const SPECIFIER = /(?:\bfrom|\bimport\()\s*'(\.{1,2}\/[^']+\.ts)'/g;
/** Tests may reach into every room, so they show no need for a right. */
const TEST_CODE = /\.(test|test-support)\.ts$/;

/** Finds the rights of folders and rooms, and the further doors, that no file of `root/src` needs; a sentence each. */
export function findUnusedRights(root: string): string[] {
  const table = JSON.parse(readFileSync(join(root, 'architecture.json'), 'utf8')) as Table;
  const { folderPairs, roomPairs, doors } = importsBelow(root);
  const unused: string[] = [];
  for (const [folder, rights] of Object.entries(table.folders)) {
    for (const right of rights) {
      if (!folderPairs.has(`${folder} ${right}`))
        unused.push(`${folder} imports nothing of ${right}`);
    }
  }
  for (const [folder, rooms] of Object.entries(table.rooms)) {
    for (const [room, rights] of Object.entries(rooms)) {
      for (const right of rights) {
        if (roomPairs.has(`${folder} ${room} ${right}`)) continue;
        unused.push(`${folder}/${room} imports nothing of ${folder}/${right}`);
      }
    }
  }
  for (const [folder, entries] of Object.entries(table.furtherEntries)) {
    for (const entry of entries) {
      if (!doors.has(`${folder}/${entry}`)) unused.push(`nobody comes in by ${folder}/${entry}`);
    }
  }
  return unused;
}

/** Who imports whom: folders (their tests too), rooms of one folder, and files of other folders. */
function importsBelow(root: string) {
  const folderPairs = new Set<string>();
  const roomPairs = new Set<string>();
  const doors = new Set<string>();
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  for (const file of names.map((name) => name.replaceAll('\\', '/'))) {
    if (!file.endsWith('.ts')) continue;
    const [folder = '', room] = placeOf(file);
    for (const [, specifier] of readFileSync(join(root, 'src', file), 'utf8').matchAll(SPECIFIER)) {
      const target = join(dirname(file), specifier!).replaceAll('\\', '/');
      const [otherFolder = '', otherRoom] = placeOf(target);
      if (otherFolder !== folder) {
        folderPairs.add(`${folder} ${otherFolder}`);
        doors.add(target);
      } else if (!TEST_CODE.test(file)) roomPairs.add(`${folder} ${room} ${otherRoom}`);
    }
  }
  return { folderPairs, roomPairs, doors };
}

/** The folder and the room of a file below `src`; `.` is the folder itself. */
function placeOf(file: string): readonly string[] {
  const [folder, room, ...more] = file.split('/');
  return [folder!, more.length === 0 ? '.' : room!];
}
