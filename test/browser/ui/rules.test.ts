import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { parseRules } from '../../../src/core/rules/pack.ts';
import { setupCase, type Setup } from './setup.ts';

async function setupRules(): Promise<Setup> {
  const made = await setupCase({ events: 700 });
  await page.getByRole('tab', { name: 'Rules' }).click();
  await expect.element(page.getByRole('row', { name: /AdministratorAccess/ })).toBeVisible();
  return made;
}

const row = (name: RegExp) => page.getByRole('grid').getByRole('row', { name });

/** The text of what a click downloads. */
async function downloaded(click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const blobs: Blob[] = [];
  const made = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return 'blob:none';
  });
  let name = '';
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    name = this.download;
  });
  await click();
  made.mockRestore();
  clicked.mockRestore();
  return { name, text: (await blobs[0]?.text()) ?? '' };
}

async function importFiles(...files: File[]): Promise<void> {
  await userEvent.upload(page.getByLabelText('Import alerts'), files);
}

async function write(query: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New alert' }).click();
  await page.getByLabelText('Query', { exact: true }).fill(query);
  await userEvent.keyboard('{Escape}');
  await page.getByLabelText('Name').fill(name);
  await page.getByLabelText(/^Description/).fill('Said by the test.');
}

const keep = () => page.getByRole('button', { name: 'Keep', exact: true });

describe('what is set', () => {
  test('an alert is switched by mouse, by Space and beside its text; at once, and in its place', async () => {
    const { cases } = await setupRules();
    let done: () => void = () => undefined;
    cases.holdRules = new Promise((resolve) => (done = resolve));
    const before = row(/AdministratorAccess/)
      .element()
      .getAttribute('aria-rowindex');
    await page.getByLabelText('Run AdministratorAccess attached').click();
    await expect.element(row(/AdministratorAccess/).getByText('off')).toBeVisible();
    await expect.element(page.getByText('Matching the alerts anew')).toBeVisible();
    cases.tell({ kind: 'evaluating', done: 12_000, total: 40_000 });
    await expect.element(page.getByText('Matching the alerts anew, 30 %')).toBeVisible();
    await row(/AdministratorAccess/).click();
    await page.getByRole('switch', { name: 'Run this alert' }).click();
    (page.getByRole('grid').element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    done();
    await expect.element(page.getByText(/^Matching/)).not.toBeInTheDocument();
    // Of what came while the first was carried out, only the last was asked for.
    expect(cases.settings.map(({ off }) => off)).toEqual([
      ['vpc', 'admin-policy-attach'],
      ['vpc', 'admin-policy-attach'],
    ]);
    expect(
      row(/AdministratorAccess/)
        .element()
        .getAttribute('aria-rowindex'),
    ).toBe(before);
    expect(cases.specs).toHaveLength(1);
  });

  test('the screens follow when other findings are in force', async () => {
    const { session, cases } = await setupRules();
    const revision = session.header?.revision ?? 0;
    session.rules.switch('root-usage', false);
    await vi.waitFor(() => {
      expect(session.header?.revision).toBe(revision + 1);
    });
    const asked = cases.specs.length;
    await page.getByRole('tab', { name: 'Findings' }).click();
    await vi.waitFor(() => {
      expect(cases.specs.length).toBeGreaterThan(asked);
    });
  });

  test('values of a parameter are taken out, put in, and brought back', async () => {
    const { cases } = await setupRules();
    await row(/Access denied/).click();
    await page.getByLabelText('Add to Home regions').fill('eu-west-1, eu-central-1');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/"us-east-1" OR "eu-west-1" OR "eu-central-1"/)).toBeVisible();
    await page.getByRole('button', { name: 'Take out us-east-1' }).click();
    await vi.waitFor(() => {
      expect(cases.settings.at(-1)?.values).toEqual({ home_regions: ['eu-west-1', 'eu-central-1'] });
    });
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.getByRole('button', { name: 'Reset to default' }).click();
    await vi.waitFor(() => {
      expect(cases.settings.at(-1)?.values).toEqual({});
    });
    await page
      .getByRole('list', { name: 'Alerts with Home regions' })
      .getByRole('button', { name: 'Access denied' })
      .click();
    await expect.element(page.getByRole('heading', { name: 'Access denied' })).toBeVisible();
  });

  test('the printed queries are run when asked for, and what that means is said', async () => {
    const { cases } = await setupRules();
    await page.getByRole('radio', { name: 'as published' }).click();
    await expect
      .element(
        page.getByText(/3 of them have findings, 1 has none, 1 could not be evaluated, 1 cannot be run/),
      )
      .toBeVisible();
    expect(cases.settings.at(-1)?.profile).toBe('published');
    await row(/AdministratorAccess/).click();
    await expect.element(page.getByText('Query as run, as published')).toBeVisible();
    await expect.element(page.getByText('eventName:”AttachUserPolicy”')).toBeVisible();
    await expect.element(page.getByText('Query as corrected')).toBeVisible();
    await expect.element(page.getByRole('list', { name: 'Notes on the query' })).toBeVisible();
  });

  test('nothing can be set while files are read, and it is said why', async () => {
    const { session } = await setupRules();
    await session.ingestion.turn();
    await expect.element(page.getByText('Alerts can be changed when the files are read.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'New alert' })).toBeDisabled();
    await expect.element(page.getByLabelText('Import alerts')).toBeDisabled();
    await expect.element(page.getByLabelText('Run AdministratorAccess attached')).toBeDisabled();
    session.ingestion.finish(1);
    await expect.element(page.getByRole('button', { name: 'New alert' })).toBeEnabled();
  });
});

describe('own alerts', () => {
  test('are written with their matches in sight, kept, changed and deleted', async () => {
    const { cases } = await setupRules();
    await write('eventName:StopLogging', 'Logging stopped!');
    await expect.element(page.getByText('214 matches')).toBeVisible();
    await expect.element(page.getByRole('region', { name: 'Newest matches' })).toBeVisible();
    await expect.element(page.getByLabelText('ID', { exact: true })).toHaveValue('logging-stopped');
    await keep().click();
    await expect.element(page.getByRole('heading', { name: 'Logging stopped!' })).toBeVisible();
    expect(parseRules(cases.settings.at(-1)?.own[0] ?? '').rules[0]).toMatchObject({
      id: 'logging-stopped',
      query: 'eventName:StopLogging',
      severity: 'medium',
    });

    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabelText('Severity').selectOptions('high');
    await page.getByLabelText('ID', { exact: true }).fill('stopped');
    await keep().click();
    await expect.element(page.getByRole('button', { name: 'Delete…' })).toBeVisible();
    expect(cases.settings.at(-1)?.own).toHaveLength(1);
    expect(cases.settings.at(-1)?.own[0]).toMatch(/^id: stopped\n/);

    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await vi.waitFor(() => {
      expect(cases.settings.at(-1)?.own).toEqual([]);
    });
    await expect.element(row(/Logging stopped/)).not.toBeInTheDocument();
  });

  test('the case is asked once typing pauses', async () => {
    const { cases } = await setupRules();
    await page.getByRole('button', { name: 'New alert' }).click();
    await page.getByLabelText('Query', { exact: true }).click();
    await userEvent.keyboard('eventName:A');
    await expect.element(page.getByText('214 matches')).toBeVisible();
    expect(cases.previews).toEqual(['eventName:A']);
  });

  test('a query that cannot match says so', async () => {
    await setupRules();
    await write('nowhere:1', 'Nowhere');
    await expect.element(page.getByText(/Cannot match here: no event has the field/)).toBeVisible();
  });

  test('what is wrong is told with its place, and nothing is kept', async () => {
    const { cases } = await setupRules();
    await write('eventName:A', 'Mine');
    await page.getByLabelText(/^Tags/).fill('fine Not!Fine');
    await keep().click();
    await expect.element(page.getByText(/^rule\.yaml:\d+:\d+$/)).toBeVisible();
    await expect.element(page.getByText(/A tag has lower-case letters/)).toBeVisible();
    expect(cases.settings).toEqual([]);
  });

  test('an id that is taken, and fields that are missing, are said before', async () => {
    await setupRules();
    await write('eventName:A', 'Mine');
    await page.getByLabelText('ID', { exact: true }).fill('root-usage');
    await expect.element(page.getByText('Another alert has this id.')).toBeVisible();
    await expect.element(keep()).toBeDisabled();
    await page.getByLabelText('ID', { exact: true }).fill('');
    await page.getByLabelText(/^Description/).fill('');
    await expect.element(page.getByText('It still needs an ID, a description.')).toBeVisible();
  });

  test('stay as they are while other screens are looked at', async () => {
    await setupRules();
    await write('eventName:A', 'Half done');
    await page.getByRole('tab', { name: 'Events' }).click();
    await page.getByRole('tab', { name: 'Rules' }).click();
    await expect.element(page.getByLabelText('Name')).toHaveValue('Half done');
  });

  test('a copy keeps parameters while its query ends with their clauses, and never the printed query', async () => {
    const { cases } = await setupRules();
    await row(/Access denied/).click();
    await page.getByRole('button', { name: 'Duplicate' }).click();
    await expect.element(page.getByText(/It keeps the parameters/)).toBeVisible();
    await keep().click();
    await expect.element(page.getByRole('button', { name: 'Delete…' })).toBeVisible();
    const copy = parseRules(cases.settings.at(-1)?.own[0] ?? '').rules[0];
    expect(copy).toMatchObject({ id: 'access-denied-own', parameters: [{ name: 'home_regions' }] });
    expect(copy?.published).toBeUndefined();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabelText('Query', { exact: true }).fill('eventName:A');
    await expect.element(page.getByText(/It has no parameters/)).toBeVisible();
  });
});

describe('YAML', () => {
  const rule = (id: string, more = ''): string =>
    `id: ${id}\nname: ${id}\nseverity: low\ndescription: d\nquery: eventName:A\n${more}`;

  test('the good ones of a file are added; the others are told with file, line and column', async () => {
    const { cases } = await setupRules();
    const text = [
      rule('mine-one'),
      rule('mine-two', 'severty: low\n'),
      rule('root-usage'),
      rule('mine-three'),
    ].join('---\n');
    await importFiles(new File([text], 'pack.yaml'));
    await expect.element(page.getByText('2 alerts added. Kept with this case.')).toBeVisible();
    await expect.element(page.getByText('2 problems in what was imported')).toBeVisible();
    await expect.element(page.getByText('pack.yaml:12:1')).toBeVisible();
    await expect.element(page.getByText('pack.yaml:14:5')).toBeVisible();
    expect(cases.settings.at(-1)?.own).toHaveLength(2);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.element(page.getByText('2 alerts added')).not.toBeInTheDocument();
  });

  test('own alerts are replaced by those of the same id, and equal ones left alone', async () => {
    const { cases } = await setupRules();
    await importFiles(new File([rule('mine')], 'a.yaml'));
    await expect.element(page.getByText(/^1 alert added/)).toBeVisible();
    await importFiles(new File([rule('mine')], 'a.yaml'));
    await expect.element(page.getByText('0 alerts added, 1 already here.')).toBeVisible();
    await importFiles(new File([rule('mine', 'tags: [new]\n')], 'a.yaml'));
    await expect.element(page.getByText(/1 of your own replaced/)).toBeVisible();
    expect(cases.settings).toHaveLength(2);
    expect(cases.settings.at(-1)?.own).toHaveLength(1);
  });

  test('what is exported can be imported as it was', async () => {
    await setupRules();
    await importFiles(new File([rule('mine-one') + '---\n' + rule('mine-two')], 'a.yaml'));
    await expect.element(row(/mine-two/)).toBeVisible();
    await page.getByRole('button', { name: 'Export alerts' }).click();
    const own = await downloaded(() => page.getByRole('menuitem', { name: 'Own alerts 2' }).click());
    expect(own.name).toBe('own-alerts.yaml');
    expect(parseRules(own.text)).toMatchObject({
      problems: [],
      rules: [{ id: 'mine-one' }, { id: 'mine-two' }],
    });
    await page.getByLabelText('Find alerts').fill('root');
    await page.getByRole('button', { name: 'Export alerts' }).click();
    const listed = await downloaded(() =>
      page.getByRole('menuitem', { name: 'Alerts in the table 1' }).click(),
    );
    expect(parseRules(listed.text).rules.map(({ id }) => id)).toEqual(['root-usage']);
    await importFiles(new File([own.text], 'own-alerts.yaml'));
    await expect.element(page.getByText('0 alerts added, 2 already here.')).toBeVisible();
  });
});

test('whose country data it is can be read in the help and beside the facet', async () => {
  const { session } = await setupCase({ events: 700 });
  await page.getByRole('button', { name: 'Country', exact: true }).click();
  await expect.element(page.getByText('Countries: a table of the test, 2026-01-01, none')).toBeVisible();
  session.helpShown = true;
  await expect
    .element(page.getByText('Countries by the test. As of 2026-01-01; licence: none.'))
    .toBeVisible();
});

describe('what is worth mending in an alert', () => {
  const FAULTY = [
    'id: faulty',
    'name: Faulty alert',
    'severity: low',
    'description: Words.',
    'query: eventName.keyword:(StopLogging|DeleteTrail)',
    'examples:',
    '  fires: [{ eventName: StopLogging }, { eventName: RunInstances }]',
  ].join('\n');

  test('stands in the list and beside it, and a click opens the alert with it mended', async () => {
    const { session, cases } = await setupRules();
    await importFiles(new File([FAULTY], 'faulty.yaml'));
    await expect.element(row(/Faulty alert/).getByText('3 errors')).toBeVisible();
    await row(/Faulty alert/).click();
    const notes = page.getByRole('list', { name: 'Notes on the alert' });
    await expect.element(notes.getByText('Example 1 of fires is not found by the query.')).toBeVisible();
    await expect.element(notes.getByText('Nothing says what to do about a finding.')).toBeVisible();
    await page.getByRole('button', { name: 'Make it a regular expression' }).click();
    const query = page.getByLabelText('Query', { exact: true });
    await expect.element(query).toHaveValue('eventName.keyword:/(StopLogging|DeleteTrail)/');
    // The second example is of another event: it is left out by a click.
    await expect.element(notes.getByText('Example 2 of fires')).toBeVisible();
    await expect.element(notes.getByText('Example 1 of fires')).not.toBeInTheDocument();
    await notes.getByRole('button', { name: 'Leave it out' }).click();
    await expect.element(notes).not.toBeInTheDocument();
    await page.getByLabelText('First steps, one a line').fill('Ask who did it.\n\nUndo it.');
    await page.getByLabelText('Harmless when, one a line').fill('Planned work');
    await keep().click();
    await expect.element(row(/Faulty alert/)).toBeVisible();
    await expect.element(row(/Faulty alert/).getByText(/error|check/)).not.toBeInTheDocument();
    const [kept] = parseRules(cases.settings.at(-1)?.own[0] ?? '').rules;
    expect(kept).toMatchObject({
      id: 'faulty',
      query: 'eventName.keyword:/(StopLogging|DeleteTrail)/',
      triage: ['Ask who did it.', 'Undo it.'],
      falsePositives: ['Planned work'],
      examples: { fires: [{ eventName: 'StopLogging' }], quiet: [] },
    });
    await vi.waitFor(() => {
      expect(session.rules.notes.of('faulty').map(({ level }) => level)).toEqual(['info']);
    });
  });

  test('of an alert that comes with the page is mended in a copy', async () => {
    const { session } = await setupRules();
    session.rules.repair(session.rules.all[0]!, 'eventName.keyword:StopLogging');
    const query = page.getByLabelText('Query', { exact: true });
    await expect.element(query).toHaveValue('eventName.keyword:StopLogging');
    await expect.element(page.getByRole('heading', { name: 'New alert' })).toBeVisible();
  });
});
