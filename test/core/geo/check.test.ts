import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMmdb, GeoError, openMmdb, tolerant, type GeoDatabase } from '../../../src/core/geo/index.ts';
import { assemble, encodePlain, writeMmdb } from './mmdb-writer.ts';

const SOUND = writeMmdb([
  ['8.0.0.0/8', { country_code: 'US' }],
  ['9.0.0.0/8', { country_code: 'DE' }],
  ['2001:db8::/32', { country_code: 'FR' }],
]);

describe('checkMmdb', () => {
  it('passes a sound database', () => {
    expect(() => checkMmdb(SOUND)).not.toThrow();
  });

  it('finds a record that leads beyond the data', () => {
    const value = encodePlain({ country_code: 'US' });
    const nodes = 1;
    expect(() => checkMmdb(assemble([nodes, nodes + 16], value))).not.toThrow();
    expect(() => checkMmdb(assemble([nodes, nodes + 16 + value.length], value))).toThrow(GeoError);
    expect(() => checkMmdb(assemble([nodes, nodes + 3], value))).toThrow(GeoError);
  });

  it('finds a value that is damaged, though the first ones are not', () => {
    const sound = encodePlain({ country_code: 'US' });
    const file = assemble([1, 2, 3 + 16, 3 + 16 + sound.length, 3, 3], [...sound, 0xff, 0xff]);
    expect(() => openMmdb(file)).not.toThrow();
    expect(() => checkMmdb(file)).toThrow(/damaged/);
  });

  it('throws nothing but GeoErrors, whatever is wrong with the file', () => {
    fc.assert(
      fc.property(fc.nat(SOUND.length - 1), fc.nat(255), (at, byte) => {
        const broken = SOUND.slice();
        broken[at] = byte;
        try {
          checkMmdb(broken);
        } catch (error) {
          expect(error).toBeInstanceOf(GeoError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('tolerant', () => {
  it('knows nothing where there is damage', () => {
    const database: GeoDatabase = {
      name: 'x',
      date: '',
      kind: 'country',
      lookup(source) {
        if (source === '8.8.8.8') throw new GeoError('damaged');
        return { country_code: 'US' };
      },
    };
    expect(tolerant(database).lookup('8.8.8.8')).toBeNull();
    expect(tolerant(database).lookup('9.9.9.9')).toEqual({ country_code: 'US' });
  });
});
