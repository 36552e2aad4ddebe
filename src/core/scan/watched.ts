/**
 * The keys of a record that are watched, as a tree: those on the way to a column, and those that tell the event's time,
 * ID and outcome, or only by being there.
 */
import { COLUMN_PATHS, columnIndex, type IndexIntoColumns } from '../record/columns.ts';
import { ANSWERS } from '../record/outcome.ts';
import { FLAG } from '../table/block.ts';

/** What a watched key leads to; its numbers are those of assembly/keys.ts. */
export const KIND = {
  COLUMN: 0,
  /** An object with watched keys. */
  OBJECT: 1,
  TIME: 2,
  /** `@timestamp`, which matters where there is no time. */
  LOOSE_TIME: 3,
  EVENT_ID: 4,
  PRESENCE: 5,
  /** `errorMessage`, which matters where there is no code. */
  MESSAGE: 6,
  /** A key under which sign-in gives its answer, which may be a column too. */
  ANSWER: 7,
} as const;

export interface Watched {
  key: string;
  kind: (typeof KIND)[keyof typeof KIND];
  /** -1 for none. */
  column: IndexIntoColumns;
  /** Set on the row when the key has a value. */
  flag: number;
  /** Of kind OBJECT: its keys, and the columns below it. */
  below: readonly Watched[];
  columns: readonly IndexIntoColumns[];
}

/** Top-level keys of the CloudTrail record that have no column; some set a flag when they have a value. */
const PRESENCE: Readonly<Record<string, number>> = {
  eventVersion: 0,
  requestParameters: FLAG.HAS_REQUEST,
  responseElements: FLAG.HAS_RESPONSE,
  sourceIPAddress_geoip: FLAG.OWN_GEO,
  requestID: 0,
  resources: 0,
  apiVersion: 0,
  sharedEventID: 0,
  serviceEventDetails: 0,
  tlsDetails: 0,
  insightDetails: 0,
  addendum: FLAG.HAS_ADDENDUM,
  edgeDeviceDetails: 0,
  vpcEndpointAccountId: 0,
  eventContext: 0,
};

/** Every path below which something is looked for: the columns, and the answers of sign-in. */
const PATHS: readonly string[] = [
  ...COLUMN_PATHS,
  ...Object.entries(ANSWERS).flatMap(([parent, keys]) => keys.map((key) => `${parent}.${key}`)),
];

function leaf(key: string, kind: Watched['kind'], column = -1, flag = 0): Watched {
  return { key, kind, column, flag, below: [], columns: [] };
}

/** @param prefix '' for the record, else the path of the object with a dot */
function below(prefix: string): Watched[] {
  const answers = ANSWERS[prefix.slice(0, -1)] ?? [];
  const inside = PATHS.filter((path) => path.startsWith(prefix));
  const keys = new Set(inside.map((path) => path.slice(prefix.length).split('.')[0]!));
  return [...keys].map((key) => {
    const path = prefix + key;
    const column = columnIndex(path);
    if (answers.includes(key)) return leaf(key, KIND.ANSWER, column);
    if (column >= 0) return leaf(key, KIND.COLUMN, column);
    const columns = COLUMN_PATHS.flatMap((other, index) => (other.startsWith(`${path}.`) ? [index] : []));
    const node = leaf(key, KIND.OBJECT, -1, PRESENCE[path] ?? 0);
    return { ...node, below: below(`${path}.`), columns };
  });
}

const OBJECTS = below('');

/** The watched keys of a record. */
export const WATCHED: readonly Watched[] = [
  ...OBJECTS,
  leaf('eventTime', KIND.TIME),
  leaf('@timestamp', KIND.LOOSE_TIME),
  leaf('eventID', KIND.EVENT_ID),
  leaf('errorMessage', KIND.MESSAGE),
  ...Object.entries(PRESENCE)
    .filter(([key]) => !OBJECTS.some((watched) => watched.key === key))
    .map(([key, flag]) => leaf(key, KIND.PRESENCE, -1, flag)),
];

/** The flag of each watched top-level key. */
export const TOP_LEVEL: ReadonlyMap<string, number> = new Map(WATCHED.map(({ key, flag }) => [key, flag]));
