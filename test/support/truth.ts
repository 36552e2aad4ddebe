/** What the generator of corpora says it has written; counts include the duplicates. */
export interface Truth {
  totals: { records: number; uniqueEventIDs: number; duplicates: number; files: number };
  planted: { scenarios: { eventIDs: string[] }[] };
  duplicateEventIDs: string[];
  byEventName: Record<string, number>;
  byEventSource: Record<string, number>;
  byAccount: Record<string, number>;
  byRegion: Record<string, number>;
  byErrorCode: Record<string, number>;
  byDay: Record<string, number>;
}
