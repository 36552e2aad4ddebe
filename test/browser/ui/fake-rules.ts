/** The alerts of the fake case, and what the fake worker says of them under the settings that it was given. */
import type { RuleSettings, RulesAnswer, RuleStatus } from '../../../workers/contract.ts';
import { parseRules } from '../../../src/core/rules/pack.ts';
import { queryOf } from '../../../src/core/rules/parameters.ts';
import type { Rule, RuleParameter, Severity } from '../../../src/core/rules/rule.ts';

export const RULES: readonly (readonly [
  id: string,
  severity: Severity,
  name: string,
  event: string,
  service: string,
])[] = [
  ['cloudtrail-change', 'critical', 'CloudTrail configuration changed', 'StopLogging', 'cloudtrail'],
  ['admin-policy-attach', 'high', 'AdministratorAccess attached', 'AttachUserPolicy', 'iam'],
  ['root-usage', 'high', 'Root account used', 'ConsoleLogin', 'signin'],
  ['s3-bucket-policy', 'medium', 'Bucket policy changed', 'PutBucketPolicy', 's3'],
  ['security-group', 'medium', 'Security group changed', 'AuthorizeSecurityGroupIngress', 'ec2'],
  ['access-denied', 'low', 'Access denied', 'ListBuckets', 's3'],
  ['vpc', 'info', 'VPC changed', 'CreateVpc', 'ec2'],
];

export const AS_SHIPPED: RuleSettings = { off: ['vpc'], profile: 'corrected', values: {}, own: [] };

const HOME: RuleParameter = {
  name: 'home_regions',
  label: 'Home regions',
  description: 'Calls from these are left out.',
  default: ['us-east-1'],
  clause: 'NOT awsRegion.keyword:${values}',
};

/** What came of each alert, in the order of RULES: each outcome is among them. */
const OUTCOMES: readonly RuleStatus['outcome'][] = [
  { kind: 'hits', count: 3 },
  { kind: 'hits', count: 41 },
  { kind: 'none' },
  { kind: 'hits', count: 17 },
  {
    kind: 'unevaluable',
    missing: ['sourceIPAddress_geoip'],
    message: 'no record has sourceIPAddress_geoip',
  },
  {
    kind: 'error',
    problem: {
      message: 'The parenthesis is never closed.',
      line: 1,
      column: 11,
      from: 10,
      to: 11,
      picture: 'eventName:(\n          ^',
    },
  },
  { kind: 'none' },
];

const BROKEN = {
  file: 'mine/broken.yaml',
  line: 3,
  column: 11,
  message: 'Severity must be one of critical, high, medium, low, info.',
  picture: '   3 | severity: hgih\n     |           ^',
};

/** The worker's answer when `settings` are in force. */
export function rulesUnder(settings: RuleSettings): RulesAnswer {
  const status = (rule: Rule, outcome: RuleStatus['outcome']): RuleStatus => {
    const enabled = !settings.off.includes(rule.id);
    const query = queryOf(rule, settings.profile, settings.values);
    return { rule, query, outcome: enabled ? outcome : { kind: 'off' }, enabled };
  };
  const shipped = RULES.map(([id, severity, name, eventName, service], index) =>
    status(shippedRule(id, severity, name, eventName, service), OUTCOMES[index] ?? { kind: 'none' }),
  );
  const own = settings.own.flatMap((yaml) =>
    parseRules(yaml).rules.map((rule) => status({ ...rule, pack: 'own' }, { kind: 'hits', count: 2 })),
  );
  const values = settings.values[HOME.name] ?? HOME.default;
  return {
    rules: [...shipped, ...own],
    parameters: [{ ...HOME, values, rules: ['access-denied'] }],
    settings,
    problems: [BROKEN],
  };
}

function shippedRule(id: string, severity: Severity, name: string, eventName: string, service: string): Rule {
  const query = `eventSource.keyword:"${service}.amazonaws.com" AND eventName.keyword:/${eventName}|Update.*/`;
  const narrowed = id === 'access-denied';
  return {
    id,
    name,
    severity,
    description: `Somebody called ${eventName}: worth a look even when it was expected.`,
    severityReason: 'Blinds the defender when it was not planned.',
    query: narrowed ? `${query} AND NOT awsRegion.keyword:("us-east-1")` : query,
    published: {
      query: `eventName:”${eventName}”`,
      difference:
        'Typographic quotes were replaced, and the service is asked for, so that other services do not match.',
    },
    parameters: narrowed ? [HOME] : [],
    tags: ['cis.4.5', 'attack.t1562.008'],
    falsePositives: ['Terraform and CloudFormation runs', 'Planned maintenance by the platform team'],
    triage: [
      'Who made the call, and from where?',
      'Was it followed by calls that it would have hidden?',
      'Switch logging on again',
    ],
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/userguide/'],
    condition: { kind: 'immediately' },
    examples: { fires: [], quiet: [] },
    pack: 'coralogix',
    version: '3f9a1c22b7de',
    file: `rules/coralogix/${id}.yaml`,
  };
}
