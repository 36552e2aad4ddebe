/** The shop's own machines: containers, functions, instances, dashboards and a monitoring vendor. */
import {
  awsService,
  onBehalfOf,
  roleSession,
  sessionStart,
  userWithKey,
  type Actor,
  type Region,
} from '../actor.ts';
import { assumeRole, onObject } from '../aws.ts';
import { AGENTS, BUCKETS, dataKey, KEYS, PRODUCTION, ROLES, temporaryKey, USERS } from '../company.ts';
import { PLACES } from '../places.ts';
import type { NoiseWindow, Source } from './window.ts';

/** The public address behind which the machines of a region sit. */
const GATEWAY: Record<Region, string> = {
  'us-east-1': PLACES.gatewayEast.address,
  'us-west-2': PLACES.gatewayWest.address,
  'ap-south-1': PLACES.gatewaySouth.address,
};

const ENDPOINT = 'vpce-0c61e8d2f7a4b9350';

/** The storefront reads its secrets and serves files; Secrets Manager decrypts in its name. */
export const storefront: Source = (window) => {
  const since = sessionStart(window.start);
  const session = window.random.hex(32);
  const by = roleSession(ROLES.storefront, session, temporaryKey(PRODUCTION, session), since, {
    address: GATEWAY[window.region],
    agent: AGENTS.javaApp,
  });
  const at = window.moment(3);
  const secretId = `arn:aws:secretsmanager:${window.region}:${PRODUCTION}:secret:prod/storefront/database-h7Qd2k`;
  window.log({ at, by, service: 'secretsmanager', name: 'GetSecretValue', request: { secretId } });
  decrypt(window, at, onBehalfOf(by, 'secretsmanager', temporaryKey(PRODUCTION, `${session} forwarded`)), {
    SecretARN: secretId,
  });
  const inside: Actor = { ...by, address: PLACES.insideEast.address };
  for (let i = 2 + window.random.below(4); i > 0; i--) {
    const picture = `products/${1000 + window.random.below(9000)}/front.webp`;
    const step = onObject(
      window.random.chance(0.2) ? 'PutObject' : 'GetObject',
      BUCKETS.assets,
      picture,
      PRODUCTION,
      20_000 + window.random.below(200_000),
    );
    window.log({ ...step, by: inside, at: window.moment(), vpcEndpoint: ENDPOINT });
  }
};

/** Lambda fetches credentials for the order function, which then uses them: the key in the answer turns up again. */
export const orders: Source = (window) => {
  const at = window.moment(5);
  const key = temporaryKey(PRODUCTION, `orders ${window.region} ${at}`);
  const session = 'orders-handler';
  window.log({
    ...assumeRole(ROLES.orders, session, key, at, window.random),
    by: awsService('lambda', PRODUCTION),
    at,
  });
  const by = roleSession(ROLES.orders, session, key, at, {
    address: GATEWAY[window.region],
    agent: AGENTS.nodeApp,
  });
  window.log({
    at: at + 1_000,
    by,
    service: 'logs',
    name: 'CreateLogStream',
    request: {
      logGroupName: '/aws/lambda/orders-handler',
      logStreamName: `2026/03/${new Date(at).getUTCDate()}/[$LATEST]${window.random.hex(32)}`,
    },
  });
  window.log({
    at: at + 1_000,
    by,
    service: 'ssm',
    name: 'GetParameters',
    request: { withDecryption: true, names: ['/orders/queue-url', '/orders/fraud-threshold'] },
  });
  decrypt(window, at + 1_000, onBehalfOf(by, 'ssm', ''), {
    PARAMETER_ARN: `arn:aws:ssm:${window.region}:${PRODUCTION}:parameter/orders/fraud-threshold`,
  });
};

function decrypt(
  window: NoiseWindow,
  at: number,
  by: Actor,
  encryptionContext: Record<string, string>,
): void {
  window.log({
    at,
    by,
    service: 'kms',
    name: 'Decrypt',
    request: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', encryptionContext },
    resources: [{ accountId: PRODUCTION, type: 'AWS::KMS::Key', ARN: dataKey(window.region) }],
  });
}

/** Worker instances report to Systems Manager every five minutes. */
export const nodes: Source = (window) => {
  for (const suffix of ['4b1f', '9c3a', 'd702'].slice(0, 1 + window.random.below(3))) {
    const instance = `i-0a7d2f5e8c1b${suffix}0`;
    const by = roleSession(
      ROLES.node,
      instance,
      temporaryKey(PRODUCTION, `${instance} ${sessionStart(window.start)}`),
      sessionStart(window.start),
      { address: GATEWAY[window.region], agent: AGENTS.ssmAgent },
      { ec2RoleDelivery: '2.0' },
    );
    window.log({
      at: window.moment(),
      by,
      service: 'ssm',
      name: 'UpdateInstanceInformation',
      readOnly: false,
      request: {
        instanceId: instance,
        agentVersion: '3.3.3598.0',
        agentStatus: 'Active',
        platformType: 'Linux',
        platformName: 'Amazon Linux',
        platformVersion: '2023',
        iPAddress: '10.20.7.41',
        computerName: 'worker',
        agentName: 'amazon-ssm-agent',
      },
    });
  }
};

/** Dashboards poll metrics with a key that is as old as the company. */
export const dashboards: Source = (window) => {
  const by = userWithKey(USERS.dashboards, KEYS.dashboards, {
    address: GATEWAY['us-east-1'],
    agent: AGENTS.grafana,
  });
  for (let i = 2 + window.random.below(3); i > 0; i--) {
    window.log({
      at: window.moment(),
      by,
      service: 'monitoring',
      name: window.random.pick(['ListMetrics', 'DescribeAlarms', 'GetMetricData']),
      request: { maxRecords: 100 },
    });
  }
};

/** A vendor's health checks: it assumes a role from an account of its own, and looks. */
export const monitoring: Source = (window) => {
  if (!window.random.chance(0.5)) return;
  const at = window.moment(20);
  const key = temporaryKey(PRODUCTION, `monitoring ${at}`);
  const vendor: Actor = {
    account: PRODUCTION,
    identity: { type: 'AWSAccount', principalId: 'AIDAQFERNMONITORVENDR', accountId: '123456789012' },
    address: PLACES.monitoring.address,
    agent: AGENTS.scripts.replace('6.16.8+kali-amd64', '5.15.0-1084-aws'),
  };
  window.log({
    ...assumeRole(ROLES.monitoring, 'HealthCheck', key, at, window.random),
    by: vendor,
    at,
    sharedId: window.random.uuid(),
  });
  const by = roleSession(ROLES.monitoring, 'HealthCheck', key, at, vendor);
  const calls = [
    ['ec2', 'DescribeInstances'],
    ['elasticloadbalancing', 'DescribeLoadBalancers'],
    ['elasticloadbalancing', 'DescribeTargetHealth'],
    ['rds', 'DescribeDBInstances'],
    ['sqs', 'ListQueues'],
    ['lambda', 'ListFunctions20150331'],
  ] as const;
  calls.forEach(([service, name], i) => {
    window.log({ at: at + 2_000 * (i + 1), by, service, name, request: {} });
  });
};
