/**
 * Makes src/core/query/api/names.ts from a list of API operations: `node build/api-names.mjs operations.tsv`.
 *
 * The list has a header and the columns service, operation; services are as the AWS SDKs name them. Written are the
 * names with the services as CloudTrail's eventSource names them, in few bytes: a line for each service, on it the names
 * without their verb, each after the letters of its verbs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { format, resolveConfig } from 'prettier';

const OUT = new URL('../src/core/query/api/names.ts', import.meta.url);

/** Names of services in SDKs, where the eventSource of CloudTrail has another one. */
const EVENT_SOURCE = new Map(
  Object.entries({
    AWSMigrationHub: 'mgh',
    cloudwatch: 'monitoring',
    docdb: 'rds',
    dynamodbstreams: 'dynamodb',
    efs: 'elasticfilesystem',
    elb: 'elasticloadbalancing',
    elbv2: 'elasticloadbalancing',
    elasticloadbalancingv2: 'elasticloadbalancing',
    email: 'ses',
    emr: 'elasticmapreduce',
    eventbridge: 'events',
    'lex-models': 'lex',
    'lex-runtime': 'lex',
    'lexv2-models': 'lex',
    'lexv2-runtime': 'lex',
    'models.lex.v2': 'lex',
    'mturk-requester': 'mturk',
    neptune: 'rds',
    opensearch: 'es',
    'pinpoint-email': 'ses',
    'runtime.lex': 'lex',
    'runtime.lex.v2': 'lex',
    'runtime.sagemaker': 'sagemaker',
    s3control: 's3',
    'sagemaker-runtime': 'sagemaker',
    sesv2: 'ses',
    stepfunctions: 'states',
    'streams.dynamodb': 'dynamodb',
    'timestream-query': 'timestream',
    'timestream-write': 'timestream',
  }),
);

/** Verbs that get a letter: as many as there are. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** @type {Map<string, Set<string>>} */
const services = new Map();
for (const line of readFileSync(argv[2] ?? '', 'utf8')
  .split('\n')
  .slice(1)) {
  const [service = '', operation = ''] = line.split('\t');
  if (operation === '') continue;
  const source = EVENT_SOURCE.get(service) ?? service;
  const names = services.get(source) ?? new Set();
  services.set(source, names.add(operation));
}

/**
 * The verb that a name begins with, and the rest of it.
 * @param {string} name
 * @returns {[string, string]}
 */
function split(name) {
  const verb = /^[A-Z][a-z]+/.exec(name)?.[0] ?? '';
  return [verb, name.slice(verb.length)];
}

/** @type {Map<string, number>} */
const counts = new Map();
for (const names of services.values()) {
  for (const name of names) counts.set(split(name)[0], (counts.get(split(name)[0]) ?? 0) + 1);
}
counts.delete('');
const verbs = [...counts]
  .sort((a, b) => b[1] - a[1])
  .slice(0, LETTERS.length)
  .map(([verb]) => verb);

const lines = [...services]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([service, names]) => {
    /** @type {Map<string, string>} */
    const letters = new Map();
    /** @type {string[]} */
    const whole = [];
    for (const name of [...names].sort()) {
      const [verb, rest] = split(name);
      const letter = LETTERS[verbs.indexOf(verb)];
      if (letter === undefined) whole.push(name);
      else letters.set(rest, (letters.get(rest) ?? '') + letter);
    }
    const coded = [...letters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rest, verbs]) => verbs + rest);
    return `${service}:${[...coded, ...whole].join(',')}`;
  });

const module = `/**
 * The operations of the AWS APIs, as CloudTrail names them in eventName: facts from the API descriptions of botocore
 * 1.29 and the AWS SDK for JavaScript 2.1693. Made by build/api-names.mjs; read by catalogue.ts.
 */

/** Verbs of the letters a to z. */
export const VERBS = '${verbs.join(' ')}';

/** A line for each service: its name, a colon, and the names without their verb, each after the letters of its verbs. */
export const NAMES = \`${lines.join('\n')}\`;
`;
const style = await resolveConfig(OUT);
writeFileSync(OUT, await format(module, { ...style, parser: 'typescript' }));
