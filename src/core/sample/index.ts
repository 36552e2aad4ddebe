/**
 * The sample incident: three days at Fernlight, a made-up shop whose build server loses an access key. For people who
 * want to see Trailsift at work before they trust it with their own logs, and for tests that want to know the truth.
 */
import { logFiles, type SampleFile } from './files.ts';
import { addNoise } from './noise/index.ts';
import { PLACES, type Place } from './places.ts';
import { CHAIN, tellStory } from './story/index.ts';
import { Trail, type Entry } from './trail.ts';

export type { SampleFile } from './files.ts';
export { HOME_COUNTRIES, type Place } from './places.ts';

/** What is so in the sample. */
export interface SampleTruth {
  /** Event ids of all records, without duplicates. */
  events: string[];
  /** Event id -> ids of the shipped rules that must fire on it, sorted; events that are not in here must stay quiet. */
  expected: Map<string, string[]>;
  /** The addresses that the rule geo-outside judges, with the country that each was chosen for; '' = private. */
  addresses: Place[];
  /** Access keys of the intruder's role chain: the first is the answer to AssumeRole, and asks for the second. */
  chain: string[];
}

/** The log files of the incident, the same ones every time: some 5 MB of text. */
export function sampleIncident(): SampleFile[] {
  return logFiles(allEntries().entries);
}

/** What `sampleIncident` holds, for tests to compare with. */
export function sampleTruth(): SampleTruth {
  const { entries, expected } = allEntries();
  return {
    events: entries.map((entry) => entry.id),
    expected,
    addresses: Object.values(PLACES),
    chain: [CHAIN.deploy, CHAIN.automation],
  };
}

function allEntries(): { entries: Entry[]; expected: Map<string, string[]> } {
  const story = new Trail('story');
  tellStory(story);
  const noise = new Trail('noise');
  addNoise(noise, story.entries);
  return {
    entries: [...story.entries, ...noise.entries],
    expected: new Map([...story.expected, ...noise.expected]),
  };
}
