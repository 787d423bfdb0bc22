// The rules are generated from architecture.json, the one table of who may import whom.
import { readFileSync } from 'node:fs';

const table = JSON.parse(readFileSync(new URL('./architecture.json', import.meta.url), 'utf8'));
const folders = Object.entries(table.folders);
const TEST_CODE = '\\.test\\.ts$|\\.test-support\\.ts$';

const oneWay = folders.map(([folder, allowed]) => ({
  name: `${folder}-imports-only-what-the-table-allows`,
  comment: `src/${folder} may import ${allowed.length ? allowed.join(', ') : 'no other folder'} (architecture.json).`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/[^/]+/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

const throughTheDoor = folders
  .filter(([folder]) => !table.foldersWithoutEntry.includes(folder))
  .map(([folder]) => ({
    name: `${folder}-is-entered-through-its-index`,
    comment: `Other folders import src/${folder}/(${entriesOf(folder).join(', ')}), never its other files.`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${folder}/|\\.test\\.ts$` },
    to: { path: `^src/${folder}/`, pathNot: `^src/${folder}/(${entriesOf(folder).join('|')})$` },
  }));

function entriesOf(folder) {
  return [table.entryOnly, ...(table.furtherEntries[folder] ?? [])];
}

/** What lies in a room of a folder; `.` is the folder itself, without its rooms. */
const inRoom = (folder, room) =>
  room === '.' ? `^src/${folder}/[^/]+$` : `^src/${folder}/${room}/`;

const roomsOneWay = Object.entries(table.rooms).flatMap(([folder, rooms]) =>
  Object.entries(rooms).map(([room, allowed]) => ({
    name: `${folder}-${room === '.' ? 'root' : room}-imports-only-the-rooms-below-it`,
    comment: `src/${folder}/${room} may import ${allowed.length ? allowed.join(', ') : 'no other room'} of its folder (architecture.json).`,
    severity: 'error',
    from: { path: inRoom(folder, room), pathNot: TEST_CODE },
    to: {
      path: `^src/${folder}/`,
      pathNot: [room, ...allowed].map((one) => inRoom(folder, one)).join('|'),
    },
  })),
);

const apart = table.apart.map((folder) => ({
  name: `rooms-of-${folder.replaceAll('/', '-')}-do-not-know-each-other`,
  comment: `What two rooms of src/${folder} share lies below them.`,
  severity: 'error',
  from: { path: `^src/${folder}/([^/]+)/`, pathNot: TEST_CODE },
  to: { path: `^src/${folder}/`, pathNot: `^src/${folder}/$1/` },
}));

const oneOwner = Object.entries(table.libraries).map(([library, owner]) => ({
  name: `${library}-belongs-to-${owner}`,
  comment: `Only src/${owner} (and tests) may import ${library}, so that it can be replaced in one place.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${owner}/|\\.test\\.ts$` },
  to: { path: `node_modules/${library}(/|$)` },
}));

export default {
  forbidden: [
    ...oneWay,
    ...throughTheDoor,
    ...roomsOneWay,
    ...apart,
    ...oneOwner,
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one idea in two places.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-cycles-of-types',
      comment: 'Two files that need each other for their types are one idea in two places too.',
      severity: 'error',
      from: { path: `^src/(${Object.keys(table.rooms).join('|')})/`, pathNot: TEST_CODE },
      to: { circular: true },
    },
    {
      name: 'listed-libraries-only',
      comment: 'A library needs an owner folder in architecture.json before it is used.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: {
        path: 'node_modules/',
        pathNot: `node_modules/(${Object.keys(table.libraries).join('|')})(/|$)`,
      },
    },
    {
      name: 'source-does-not-import-tests',
      comment: 'What ships cannot lean on test code.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_CODE },
      to: { path: `${TEST_CODE}|^test/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
