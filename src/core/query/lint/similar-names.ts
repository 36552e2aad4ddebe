/** Event names like one that does not exist: spelled alike, or made of the same words. */
import { eventNames } from '../api/catalogue.ts';
import { nearest } from './nearest.ts';

/** Verbs that services use for one another: who looks for ModifyUser means UpdateUser. */
const SAME_VERBS = [
  'create add new put start run launch register',
  'delete remove destroy terminate drop deregister purge',
  'update modify change set edit put replace',
  'get describe list show read view fetch lookup',
  'attach associate add',
  'detach disassociate remove',
  'enable start activate',
  'disable stop deactivate',
].map((verbs) => new Set(verbs.split(' ')));

/** How alike two names must be: 1 is every word in common. */
const ALIKE = 0.5;

/** How far behind the most alike one another may be. */
const NEARLY = 0.2;

/** Shorter ones say nothing of what is meant. */
const SHORTEST = 3;

/**
 * Up to three names that may be meant by `name`, the likeliest first.
 *
 * @param seen names in the data, whatever they are
 * @param services those that the query asks for, as in eventSource before the dot
 */
export function similarNames(
  name: string,
  seen: ReadonlySet<string> | undefined,
  services: ReadonlySet<string>,
): string[] {
  const known = [...(seen ?? []), ...eventNames().keys()];
  const ofService = known.filter((one) =>
    eventNames()
      .get(one)
      ?.some((service) => services.has(service)),
  );
  const spelled = nearest(name, ofService, 3) ?? nearest(name, known, 3);
  if (spelled !== null) return [spelled];
  const words = wordsOf(name);
  if (name.length < SHORTEST) return [];
  const among = (names: readonly string[]): string[] => {
    const found = names
      .map((candidate) => ({ candidate, likeness: alike(words, wordsOf(candidate)) }))
      .filter(({ likeness }) => likeness >= ALIKE);
    const inOrder = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
    found.sort((a, b) => b.likeness - a.likeness || inOrder(a.candidate, b.candidate));
    const best = found[0]?.likeness ?? 0;
    return found
      .filter(({ likeness }) => likeness >= best - NEARLY)
      .slice(0, 3)
      .map(({ candidate }) => candidate);
  };
  const meant = among(ofService);
  return meant.length > 0 ? meant : among(known);
}

/** `PutUserPolicies` as put, user, policy. */
function wordsOf(name: string): string[] {
  const parts = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return parts.map((part) =>
    part
      .toLowerCase()
      .replace(/ies$/, 'y')
      .replace(/(?<=..[^s])s$/, ''),
  );
}

/** How much two names have in common, from 0 to 1. The thing must be the same at least; another verb counts half. */
function alike(wanted: readonly string[], words: readonly string[]): number {
  const [verb = '', ...things] = wanted;
  const rest = [...words];
  let common = 0;
  let shared = 0;
  for (const thing of things.length === 0 ? wanted : things) {
    const at = rest.indexOf(thing);
    if (at < 0) continue;
    rest.splice(at, 1);
    common++;
    shared++;
  }
  if (shared === 0) return 0;
  const at = rest.indexOf(verb);
  if (things.length > 0) {
    if (at >= 0) common++;
    else if (SAME_VERBS.some((verbs) => verbs.has(verb) && rest.some((word) => verbs.has(word))))
      common += 0.5;
  }
  return (2 * common) / (wanted.length + words.length);
}
