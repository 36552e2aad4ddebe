/** All properties that hold for damaged and hostile files. */
import type fc from 'fast-check';
import { damagedJson } from './json.ts';
import { cutGzip, damagedGzip, damagedTar, damagedZip, damagedZipDirectory } from './packed.ts';
import { scannerAgrees, scannerStaysInside } from './scanner.ts';
import { damagedCsv } from './tables.ts';

export interface Search {
  name: string;
  property: fc.IRawProperty<unknown>;
  /** How often it is tried in the normal tests: about two seconds. */
  runs: number;
}

const search = (name: string, runs: number, property: unknown): Search => ({
  name,
  runs,
  property: property as fc.IRawProperty<unknown>,
});

export const SEARCHES: readonly Search[] = [
  search('damaged JSON loses no record that stays whole', 400, damagedJson),
  search('a damaged member of a gzip file costs no other member', 150, damagedGzip),
  search('a gzip file that was cut off gives what comes before the cut', 200, cutGzip),
  search('a damaged entry of a zip archive costs no other entry', 150, damagedZip),
  search('a damaged directory of a zip archive costs nothing', 150, damagedZipDirectory),
  search('a damaged entry of a tar archive costs no other entry', 150, damagedTar),
  search('damaged CSV loses no row that stays whole', 300, damagedCsv),
  search('the scanner takes what JSON.parse takes', 2000, scannerAgrees),
  search('the scanner looks at nothing outside its input', 1000, scannerStaysInside),
];
