/** Geo databases of the person's own: added like logs, kept for all cases, in force at once. */
import { describe, expect, it } from 'vitest';
import { writeMmdb, type Json } from '../../core/geo/mmdb-writer.ts';
import { all, create, files, log, openPage, record, type Page } from './support.ts';

const database = (type: string, entries: [cidr: string, value: Json][]): { path: string; file: File } => {
  const bytes = writeMmdb(entries, { metadata: { database_type: type, build_epoch: 1_700_000_000n } });
  return { path: `${type}.mmdb`, file: new File([new Uint8Array(bytes)], `${type}.mmdb`) };
};
/** To the built-in table 8.8.8.8 is in the United States, which is a home country of the alert. */
const PLACES = database('My-City', [
  [
    '8.0.0.0/8',
    { country: { iso_code: 'KP', names: { en: 'North Korea' } }, city: { names: { en: 'Pyongyang' } } },
  ],
]);
const NETWORKS = database('My-ASN', [
  ['8.8.0.0/16', { autonomous_system_number: 15169, autonomous_system_organization: 'Google LLC' }],
]);
const LOG = log('a.json', [
  record(1, { sourceIPAddress: '8.8.8.8' }),
  record(2, { sourceIPAddress: '10.0.0.1' }),
  record(3, { sourceIPAddress: 'AWS Internal' }),
]);

async function countOf(page: Page, query: string, rows: 'events' | 'findings' = 'events'): Promise<number> {
  const answer = await page.cases.view(all(rows, query));
  if (!answer.ok) throw new Error(`no view: ${JSON.stringify(answer)}`);
  return answer.total;
}

const abroad = (page: Page): Promise<number> => countOf(page, 'alert:geo-outside', 'findings');

describe('a geo database of one’s own', () => {
  it('takes the place of the built-in one in the open case, and is gone when it is removed', async () => {
    const page = openPage();
    await create(page);
    await page.read(files(LOG));
    await page.cases.settle();
    expect(await countOf(page, 'sourceIPAddress_geoip.country_code:US')).toBe(1);
    expect(await abroad(page)).toBe(0);

    await page.read(files(PLACES));
    await page.cases.settle();
    expect(page.events).toContainEqual({ kind: 'geo' });
    expect(await page.cases.geo()).toMatchObject({
      own: [
        {
          role: 'places',
          kind: 'city',
          name: 'My-City',
          date: '2023-11-14',
          file: 'My-City.mmdb',
          stored: true,
        },
      ],
    });
    expect(await countOf(page, 'sourceIPAddress_geoip.country_name.keyword:"North Korea"')).toBe(1);
    expect(await countOf(page, 'sourceIPAddress_geoip.city_name:pyongyang')).toBe(1);
    expect(await countOf(page, '_exists_:sourceIPAddress_geoip')).toBe(1);
    expect(await abroad(page)).toBe(1);
    const view = await page.cases.view(all('events'));
    const [row] = await page.cases.rows(view.ok ? view.view : -1, 0, 1);
    expect(row).toMatchObject({ country: 'North Korea' });

    expect(await page.cases.removeGeo('places')).toMatchObject({ own: [] });
    expect(await abroad(page)).toBe(0);
    expect(await countOf(page, 'sourceIPAddress_geoip.country_code:US')).toBe(1);
  });

  it('is no log: it is accounted for, and its bytes are not kept with the case', async () => {
    const page = openPage();
    await create(page);
    await page.read(files(PLACES));
    const header = await page.cases.settle();
    expect(header).toMatchObject({ files: 1, refusedFiles: 0, events: 0 });
    const { sources } = await page.cases.sources(0, 9, 'all');
    expect(sources[0]).toMatchObject({ state: 'analysed', format: 'geo database', records: 0 });
    expect(sources[0]!.notes.join()).toContain('My-City, built 2023-11-14');
    const [summary] = await page.cases.cases();
    expect(summary!.bytes).toBe(0);
  });

  it('works beside one of networks, for logs read before, with and after them', async () => {
    const page = openPage(1);
    await create(page);
    await page.read(files(LOG));
    await page.read(files(NETWORKS, PLACES, log('b.json', [record(4, { sourceIPAddress: '8.8.4.4' })])));
    await page.cases.settle();
    await page.read(files(log('c.json', [record(5, { sourceIPAddress: '8.8.4.5' })])));
    await page.cases.settle();
    expect(await abroad(page)).toBe(3);
    expect(
      await countOf(page, 'sourceIPAddress_geoip.asn:15169 AND sourceIPAddress_geoip.as_org:google'),
    ).toBe(3);
    expect(await countOf(page, 'sourceIPAddress_geoip.country_code:KP')).toBe(3);
  });

  it('of networks alone leaves the countries as they are, and gives none where there is none', async () => {
    const page = openPage();
    await create(page);
    const networks = database('My-ASN', [
      ['8.8.0.0/16', { autonomous_system_number: 15169 }],
      ['240.0.0.0/4', { autonomous_system_number: 1 }],
    ]);
    await page.read(files(networks, LOG));
    await page.cases.settle();
    expect(
      await countOf(page, 'sourceIPAddress_geoip.country_code:US AND sourceIPAddress_geoip.asn:15169'),
    ).toBe(1);
    expect(await countOf(page, '_exists_:sourceIPAddress_geoip.country_name')).toBe(1);
    expect(await abroad(page)).toBe(0);
  });

  it('is there in other cases and after a reload, which find what it makes them find', async () => {
    const page = openPage();
    const id = await create(page);
    await page.read(files(LOG));
    await page.cases.settle();
    // Another case: the first one's findings are out of date when it is opened again.
    await create(page, 'Other');
    await page.read(files(PLACES));
    await page.cases.settle();
    page.worker.terminate();
    const again = openPage();
    expect(await again.cases.open(id, true)).toMatchObject({ ok: true });
    expect(await again.cases.geo()).toMatchObject({ own: [{ name: 'My-City' }] });
    expect(await abroad(again)).toBe(1);
  });

  it('says which field no database tells', async () => {
    const page = openPage();
    await create(page);
    await page.read(files(LOG));
    const answer = await page.cases.preview('sourceIPAddress_geoip.as_org:google', 5);
    expect(answer).toMatchObject({ ok: true, missing: ['sourceIPAddress_geoip.as_org'] });
  });

  it('is refused with a sentence when it is damaged or about something else', async () => {
    const page = openPage();
    await create(page);
    const bytes = new Uint8Array(await PLACES.file.arrayBuffer());
    const cut = { path: 'cut.mmdb', file: new File([bytes.subarray(0, bytes.length - 400)], 'cut.mmdb') };
    const domains = database('My-Domain', [['8.0.0.0/8', { domain: 'example.com' }]]);
    await page.read(files(cut, domains, LOG));
    await page.cases.settle();
    const { sources } = await page.cases.sources(0, 9, 'refused');
    expect(sources.map(({ path, reason }) => [path, reason]).sort()).toEqual([
      ['My-Domain.mmdb', expect.stringContaining('neither countries nor autonomous systems')],
      ['cut.mmdb', expect.stringContaining('its end is missing')],
    ]);
    expect(await page.cases.geo()).toMatchObject({ own: [] });
  });

  it('is deleted with all data', async () => {
    const page = openPage();
    await create(page);
    await page.read(files(PLACES));
    await page.cases.removeAll();
    expect(await page.cases.geo()).toMatchObject({ own: [] });
    const again = openPage();
    expect(await again.cases.geo()).toMatchObject({ own: [] });
  });
});
