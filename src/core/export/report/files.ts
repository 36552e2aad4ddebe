/** Files: what was refused or read in part and why, and every file with its SHA-256. */
import { bytes, count, plural, span, type Zone } from '../../text/format.ts';
import { BREAK, code, faint, text, type Block, type Line } from './blocks.ts';
import type { FileFacts, FileList, Scope } from './model.ts';

const STATES: Record<FileFacts['state'], string> = {
  analysed: 'analysed',
  partial: 'in part',
  refused: 'refused',
  repeated: 'given again, not read twice',
  interrupted: 'not read to the end',
};

/** Files that are not in the case as they were given, with the reason. */
export function troubledBlocks({ files, troubled }: Scope): Block[] {
  const all = files.partial + files.refused + files.interrupted;
  if (all === 0) return [];
  return [
    { kind: 'heading', level: 3, id: 'troubled', line: ['Refused, or read in part'] },
    {
      kind: 'table',
      name: 'Files that were refused or read in part',
      head: ['File', 'State', 'Why'],
      rows: troubled.map(({ path, state, reason, notes }) => [
        [code(path)],
        [STATES[state]],
        [text([reason, ...notes].filter(Boolean).join(' '), 1000)],
      ]),
    },
    ...moreBlocks(all - troubled.length),
  ];
}

/** The list of files. */
export function fileBlocks({ files, more }: FileList, zone: Zone): Block[] {
  return [
    { kind: 'heading', level: 2, id: 'files', line: ['Files'] },
    {
      kind: 'paragraph',
      line: [
        'SHA-256 is of the bytes as they were given: of the compressed file, or of the archive’s entry.',
      ],
    },
    {
      kind: 'table',
      name: 'Files',
      head: ['File', 'State', 'Size', 'Events', 'Duplicates', 'Refused'],
      rows: files.map((file) => [
        fileLine(file, zone),
        [STATES[file.state]],
        [bytes(file.bytes)],
        [count(file.events)],
        [count(file.duplicates)],
        [count(file.refusedRecords)],
      ]),
      numbers: [2, 3, 4, 5],
    },
    ...moreBlocks(more),
  ];
}

function fileLine({ path, sha256, format, from, to }: FileFacts, zone: Zone): Line {
  const time = span(from, to, zone);
  return [
    code(path),
    BREAK,
    faint(text(format), time === '' ? '' : `, ${time}`),
    BREAK,
    sha256 === '' ? faint('SHA-256 unknown') : code(sha256),
  ];
}

function moreBlocks(more: number): Block[] {
  if (more <= 0) return [];
  return [
    {
      kind: 'paragraph',
      line: [`And ${plural(more, 'more file')}; Trailsift lists them all under Sources.`],
    },
  ];
}
