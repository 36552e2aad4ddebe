import { parseStruct } from './struct.ts';

/** Parts of a record that are objects or arrays; a cell holds them as JSON or as a printed struct. */
const STRUCTURED: ReadonlySet<string> = new Set([
  'userIdentity',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'resources',
  'serviceEventDetails',
  'insightDetails',
  'addendum',
  'edgeDeviceDetails',
  'tlsDetails',
  'eventContext',
  'sessionContext',
  'attributes',
  'sessionIssuer',
  'webIdFederationData',
]);

const BOOLEANS: ReadonlySet<string> = new Set(['readOnly', 'managementEvent']);

/**
 * A cell's text as the value that a record has at this place.
 *
 * @param name the member's name
 */
export function valueOfCell(name: string, text: string): unknown {
  if (BOOLEANS.has(name)) return booleanOf(text);
  if (name === 'eventTime') return isoTime(text);
  return STRUCTURED.has(name) ? structureOf(text) : text;
}

/** `true`, `TRUE` (a spreadsheet) and `True` (Python). */
function booleanOf(text: string): unknown {
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : text;
}

function structureOf(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return parseStruct(text) ?? text;
  }
}

const SQL_TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:\s*(?:Z|UTC|\+00:?00))?$/;
/** What a spreadsheet in the United States makes of a time, and with day and month the other way round elsewhere. */
const SPREADSHEET_TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))?(?: ([AP])M)?$/i;

/** Kibana's own form: `Jul 10, 2023 @ 11:42:36.000`. */
const KIBANA_TIME = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time in UTC as CloudTrail writes it; texts that are no such time stay as they are. */
export function isoTime(text: string): string {
  const sql = SQL_TIME.exec(text);
  if (sql !== null) {
    const fraction = (sql[3] ?? '').replace(/0+$/, '').slice(0, 3);
    return `${sql[1]}T${sql[2]}${fraction === '' ? '' : `.${fraction}`}Z`;
  }
  const kibana = KIBANA_TIME.exec(text);
  if (kibana !== null) {
    const month = String(MONTHS.indexOf(kibana[1]!) + 1).padStart(2, '0');
    const fraction = (kibana[5] ?? '').replace(/0+$/, '');
    return `${kibana[3]}-${month}-${kibana[2]!.padStart(2, '0')}T${kibana[4]}${fraction === '' ? '' : `.${fraction}`}Z`;
  }
  const sheet = SPREADSHEET_TIME.exec(text);
  if (sheet === null) return text;
  const [, first, second, year, hour, minute, seconds, half] = sheet;
  const dayFirst = Number(first) > 12;
  const two = (part: string | number): string => String(part).padStart(2, '0');
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  const [month, day] = dayFirst ? [second, first] : [first, second];
  return `${year}-${two(month!)}-${two(day!)}T${two(hours)}:${minute}:${seconds ?? '00'}Z`;
}

/** Whether a text is a time in Kibana's own form, which has no zone. */
export function isKibanaTime(text: string): boolean {
  return KIBANA_TIME.test(text);
}

/** Whether a text is a time as spreadsheets rewrite it: without its zone, perhaps without its seconds. */
export function isSpreadsheetTime(text: string): boolean {
  return SPREADSHEET_TIME.test(text);
}
