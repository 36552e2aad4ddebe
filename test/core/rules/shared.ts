/** What the tests of the rules share: the shipped rules, and the material that lies beside the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder beside the repository that holds specifications and real logs; not part of the project. */
export const SHARED = fileURLToPath(new URL('../../../../shared/', import.meta.url));

/** Whether it is there; tests that need it skip otherwise. */
export const HAS_SHARED = existsSync(`${SHARED}spec/alerts.json`);

export interface SpecAlert {
  id: string;
  n: number | null;
  verbatim?: string;
  corrected: string;
  severity: string;
  cis?: string;
  attack: string;
}

export function specAlerts(): SpecAlert[] {
  return JSON.parse(readFileSync(`${SHARED}spec/alerts.json`, 'utf8')) as SpecAlert[];
}

/** The 2,900 real records of the Invictus data set. */
export function invictusRecords(): { eventID: string }[] {
  const folder = `${SHARED}data/invictus/CloudTrail/`;
  return readdirSync(folder).flatMap((name) => {
    const log = JSON.parse(readFileSync(folder + name, 'utf8')) as { Records: { eventID: string }[] };
    return log.Records;
  });
}

/** The smallest rule, and room for more lines. */
export function ruleYaml(...more: string[]): string {
  return [
    'id: my-rule',
    'name: Mine',
    'severity: low',
    'description: Words.',
    'query: eventName:a',
    ...more,
    '',
  ].join('\n');
}
