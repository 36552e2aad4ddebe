/** Act 5, Tuesday 02:46: doors are opened in the shop's network, and a second one is built to mine in. */
import type { JsonObject } from '../actor.ts';
import { DONE, items, networkChange, tcpRule } from '../aws.ts';
import { march } from '../clock.ts';
import { backupUser, NETWORK, PRODUCTION, STRANGER } from '../company.ts';
import { play, type Trail } from '../trail.ts';

/** What the intruder builds: a group in the shop's network, and a network in a region that nobody looks at. */
export const OPENED = { group: 'sg-0f2c7a94d1b6e8035', peering: 'pcx-0e2a94c7f1d8b3605' };
export const MINE = {
  vpc: 'vpc-07e93b5d1fa2c8640',
  subnet: 'subnet-04f1d8a7c36b92e50',
  routes: 'rtb-09b2e6d4c71f3a850',
  association: 'rtbassoc-0d7c1e5a93f4b2806',
  gateway: 'igw-0c85f2a9e3d71b640',
  group: 'sg-03d9a1c7e5f28b604',
  instances: ['i-0b94e7d2c1f8a3560', 'i-0c17f5a8e9d2b4630'],
};

export function network(trail: Trail): void {
  const ec2 = { by: backupUser, service: 'ec2' };
  play(trail, ec2, march(17, '02:46:02'), [
    networkChange(
      'CreateSecurityGroup',
      { groupName: 'backup-sync', groupDescription: 'backup sync', vpcId: NETWORK.vpc },
      'security-group',
      { groupId: OPENED.group, ...DONE },
    ),
    networkChange(
      'AuthorizeSecurityGroupIngress',
      { groupId: OPENED.group, ipPermissions: tcpRule(22, '0.0.0.0/0') },
      'security-group',
    ),
    networkChange(
      'AuthorizeSecurityGroupIngress',
      { groupId: OPENED.group, ipPermissions: tcpRule(5432, '0.0.0.0/0') },
      'security-group',
    ),
    networkChange(
      'CreateNetworkAclEntry',
      {
        networkAclId: NETWORK.acl,
        ruleNumber: 1,
        egress: false,
        ruleAction: 'allow',
        aclProtocol: '-1',
        cidrBlock: '0.0.0.0/0',
      },
      'nacl',
    ),
    networkChange('CreateInternetGateway', {}, 'network-gateway', {
      internetGateway: { internetGatewayId: NETWORK.gateway, ownerId: PRODUCTION, attachmentSet: {} },
    }),
    networkChange(
      'AttachInternetGateway',
      { internetGatewayId: NETWORK.gateway, vpcId: NETWORK.vpc },
      'network-gateway',
    ),
    networkChange(
      'ReplaceRoute',
      { routeTableId: NETWORK.routes, destinationCidrBlock: '0.0.0.0/0', gatewayId: NETWORK.gateway },
      'route-table',
    ),
    networkChange(
      'CreateVpcPeeringConnection',
      { vpcId: NETWORK.vpc, peerVpcId: 'vpc-0b1d7f4e93c6a2508', peerOwnerId: STRANGER },
      'vpc',
      {
        vpcPeeringConnection: {
          vpcPeeringConnectionId: OPENED.peering,
          status: { code: 'initiating-request' },
        },
      },
    ),
  ]);
  play(trail, { ...ec2, region: 'ap-south-1' }, march(17, '02:56:30'), [
    networkChange('CreateVpc', { cidrBlock: '10.99.0.0/16', instanceTenancy: 'default' }, 'vpc', {
      vpc: { vpcId: MINE.vpc, state: 'pending', cidrBlock: '10.99.0.0/16', isDefault: false },
    }),
    {
      name: 'CreateSubnet',
      request: { vpcId: MINE.vpc, cidrBlock: '10.99.1.0/24' },
      response: { subnet: { subnetId: MINE.subnet, state: 'available' } },
    },
    networkChange('CreateInternetGateway', {}, 'network-gateway', {
      internetGateway: { internetGatewayId: MINE.gateway, ownerId: PRODUCTION, attachmentSet: {} },
    }),
    networkChange(
      'AttachInternetGateway',
      { internetGatewayId: MINE.gateway, vpcId: MINE.vpc },
      'network-gateway',
    ),
    networkChange('CreateRouteTable', { vpcId: MINE.vpc }, 'route-table', {
      routeTable: { routeTableId: MINE.routes, vpcId: MINE.vpc },
    }),
    networkChange(
      'CreateRoute',
      { routeTableId: MINE.routes, destinationCidrBlock: '0.0.0.0/0', gatewayId: MINE.gateway },
      'route-table',
    ),
    networkChange(
      'AssociateRouteTable',
      { routeTableId: MINE.routes, subnetId: MINE.subnet },
      'route-table',
      {
        associationId: MINE.association,
      },
    ),
    networkChange(
      'CreateSecurityGroup',
      { groupName: 'default-2', groupDescription: 'default-2', vpcId: MINE.vpc },
      'security-group',
      { groupId: MINE.group, ...DONE },
    ),
    {
      after: 21,
      name: 'ImportKeyPair',
      request: { keyName: 'sync', publicKeyMaterial: 'c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTU=' },
      response: { keyName: 'sync', keyPairId: 'key-0d2f7b94e1c6a8350' },
    },
    {
      after: 40,
      name: 'RunInstances',
      request: instances('g5.12xlarge', 8),
      error: [
        'Client.VcpuLimitExceeded',
        'You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the specified instance type belongs to.',
      ],
    },
    {
      after: 17,
      name: 'RunInstances',
      request: instances('g5.4xlarge', 2),
      response: { instancesSet: items(...MINE.instances.map((instanceId) => ({ instanceId }))) },
    },
  ]);
}

function instances(instanceType: string, count: number): JsonObject {
  return {
    instancesSet: items({
      imageId: 'ami-0f5ee92e2d63afc18',
      minCount: count,
      maxCount: count,
      keyName: 'sync',
    }),
    instanceType,
    networkInterfaceSet: items({
      deviceIndex: 0,
      subnetId: MINE.subnet,
      groupSet: items({ groupId: MINE.group }),
    }),
    userData: '<sensitiveDataRemoved>',
  };
}
