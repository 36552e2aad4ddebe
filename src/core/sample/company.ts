/** Fernlight, a made-up shop: its accounts, its people, its machines and what they own. */
import { userWithKey, type Region, type Role, type Seat, type User } from './actor.ts';
import { keyId, principalId } from './ids.ts';
import { PLACES } from './places.ts';
import { Random } from './random.ts';

/** Account numbers of AWS's own documentation: they belong to nobody. */
export const PRODUCTION = '111122223333';
export const MANAGEMENT = '444455556666';
/** The account that the intruder copies to. */
export const STRANGER = '777788889999';

const random = new Random('company');

function user(name: string): User {
  return { account: PRODUCTION, name, id: principalId('AIDA', PRODUCTION, random) };
}

function role(name: string, account = PRODUCTION, path?: string): Role {
  return { account, name, id: principalId('AROA', account, random), ...(path === undefined ? {} : { path }) };
}

function singleSignOnRole(permissionSet: string, account: string): Role {
  const name = `AWSReservedSSO_${permissionSet}_${random.hex(16)}`;
  return role(name, account, '/aws-reserved/sso.amazonaws.com/');
}

function serviceRole(service: string, name: string): Role {
  return role(name, PRODUCTION, `/aws-service-role/${service}.amazonaws.com/`);
}

/** The temporary key of the session that `topic` names: the same topic, the same key. */
export function temporaryKey(account: string, topic: string): string {
  return keyId('ASIA', account, new Random(`key ${topic}`));
}

export const USERS = {
  /** Builds and deploys from the old Jenkins server. Its key is the one that leaks. */
  ciDeploy: user('ci-deploy'),
  /** Reads metrics for the dashboards. */
  dashboards: user('grafana-reader'),
  /** The last person with a user of his own instead of single sign-on. */
  sam: user('sam.keller'),
  /** Made by the intruder. */
  backup: user('svc-backup-sync'),
};

export const ROLES = {
  platform: singleSignOnRole('PlatformEngineer', PRODUCTION),
  developer: singleSignOnRole('Developer', PRODUCTION),
  security: singleSignOnRole('SecurityResponse', PRODUCTION),
  securityManagement: singleSignOnRole('SecurityResponse', MANAGEMENT),
  organizationAdmin: singleSignOnRole('OrganizationAdmin', MANAGEMENT),
  deploy: role('fernlight-deploy'),
  terraform: role('fernlight-terraform'),
  storefront: role('fernlight-storefront-task'),
  orders: role('fernlight-orders-handler'),
  node: role('fernlight-worker-node'),
  monitoring: role('fernlight-monitoring-readonly'),
  /** Trusts fernlight-deploy of production: the way from one account into the other. */
  organizationAutomation: role('fernlight-org-automation', MANAGEMENT),
  config: serviceRole('config', 'AWSServiceRoleForConfig'),
  autoscaling: serviceRole('autoscaling', 'AWSServiceRoleForAutoScaling'),
  advisor: serviceRole('trustedadvisor', 'AWSServiceRoleForTrustedAdvisor'),
  inspector: serviceRole('inspector2', 'AWSServiceRoleForAmazonInspector2'),
  backupService: serviceRole('backup', 'AWSServiceRoleForBackup'),
};

/** Long-lived keys. */
export const KEYS = {
  ciDeploy: keyId('AKIA', PRODUCTION, random),
  dashboards: keyId('AKIA', PRODUCTION, random),
  /** Made by the intruder, for svc-backup-sync. */
  backup: keyId('AKIA', PRODUCTION, random),
  /** Made by the intruder, for root. */
  root: keyId('AKIA', PRODUCTION, random),
};

export const AGENTS = {
  chromeWindows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36',
  chromeMac:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36',
  firefoxLinux: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  cli: 'aws-cli/2.33.18 md/awscrt#0.31.0 ua/2.1 os/macos#25.3.0 md/arch#arm64 lang/python#3.13.11 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off',
  jenkins: 'aws-cli/2.15.30 Python/3.11.8 Linux/5.10.245-245.983.amzn2.x86_64 exe/x86_64.amzn.2 prompt/off',
  kali: 'aws-cli/2.31.35 Python/3.13.9 Linux/6.16.8+kali-amd64 exe/x86_64.kali.2025 prompt/off',
  scripts:
    'Boto3/1.40.46 md/Botocore#1.40.46 ua/2.1 os/linux#6.16.8+kali-amd64 md/arch#x86_64 lang/python#3.13.9 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.40.46',
  terraform:
    'APN/1.0 HashiCorp/1.0 Terraform/1.14.6 (+https://www.terraform.io) terraform-provider-aws/6.35.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.41.2 ua/2.1 os/linux lang/go#1.25.7 md/GOOS#linux md/GOARCH#amd64',
  javaApp:
    'aws-sdk-java/2.41.34 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1.161 lang/java#21.0.10 md/OpenJDK_64-Bit_Server_VM#21.0.10+7-LTS md/vendor#Amazon.com_Inc. exec-env/AWS_ECS_FARGATE',
  nodeApp:
    'aws-sdk-js/3.994.0 ua/2.1 os/linux#5.10.248-273.990.amzn2.x86_64 lang/js md/nodejs#22.22.0 exec-env/AWS_Lambda_nodejs22.x',
  ssmAgent:
    'aws-sdk-go-v2/1.36.3 os/linux lang/go#1.24.11 md/GOOS#linux md/GOARCH#amd64 api/ssm#1.58.0 amazon-ssm-agent/3.3.3598.0',
  actions:
    'aws-sdk-js/3.994.0 ua/2.1 os/linux#6.11.0-1018-azure lang/js md/nodejs#24.13.0 configure-aws-credentials-for-github-actions',
  grafana:
    'Grafana/12.3.1 aws-sdk-go-v2/1.41.1 ua/2.1 os/linux lang/go#1.25.5 md/GOOS#linux md/GOARCH#amd64 api/cloudwatch#1.53.1',
};

/** Where people sit. */
export const SEATS = {
  priya: { address: PLACES.bengaluruOffice.address, agent: AGENTS.chromeMac, console: true },
  arjun: { address: PLACES.bengaluruOffice.address, agent: AGENTS.chromeWindows, console: true },
  arjunPhone: { address: PLACES.bengaluruPhone.address, agent: AGENTS.chromeWindows, console: true },
  daniel: { address: PLACES.seattleOffice.address, agent: AGENTS.chromeMac, console: true },
  danielHotel: { address: PLACES.hotel.address, agent: AGENTS.chromeMac, console: true },
  mei: { address: PLACES.seattleHome.address, agent: AGENTS.firefoxLinux, console: true },
  meiShell: { address: PLACES.seattleHome.address, agent: AGENTS.cli },
  sam: { address: PLACES.seattleOffice.address, agent: AGENTS.chromeWindows, console: true },
  pipeline: { address: PLACES.runnerOne.address, agent: AGENTS.terraform },
  /** The intruder's three machines. */
  server: { address: PLACES.rentedServer.address, agent: AGENTS.kali },
  browser: { address: PLACES.vpnExit.address, agent: AGENTS.firefoxLinux, console: true },
  copier: { address: PLACES.copyServer.address, agent: AGENTS.scripts },
} as const satisfies Record<string, Seat>;

export const MAIL = {
  priya: 'priya.nair@fernlight.example',
  arjun: 'arjun.rao@fernlight.example',
  daniel: 'daniel.ortiz@fernlight.example',
  mei: 'mei.tanaka@fernlight.example',
};

/** Things that several scenes are about. */
export const BUCKETS = {
  trail: 'fernlight-trail-logs',
  exports: 'fernlight-customer-exports',
  assets: 'fernlight-storefront-assets',
  artifacts: 'fernlight-build-artifacts',
};

export const NETWORK = {
  vpc: 'vpc-0d41f6a8c27b9e350',
  subnet: 'subnet-0b7e2c19d4f8a6031',
  routes: 'rtb-0c95a1e3f7d2b8406',
  acl: 'acl-0e8b4d7291c6fa503',
  gateway: 'igw-0a63f9d158e7c2b04',
};

/** The key that an account's data is encrypted with: a multi-region key, so of the same id everywhere. */
export function dataKey(region: Region, account = PRODUCTION): string {
  return `arn:aws:kms:${region}:${account}:key/mrk-5c0f9a3e7b1d4e629f48d2a6c8137e05`;
}

export const DATA_KEY = dataKey('us-east-1');
export const EXPORTS_KEY = `arn:aws:kms:us-east-1:${PRODUCTION}:key/e81b64d7-20c3-4af9-b57e-1639f0d4ca28`;
export const SHOP_CERTIFICATE = `arn:aws:acm:us-east-1:${PRODUCTION}:certificate/7d2e91c4-5f80-4b36-a1d9-e06c3b8f5a72`;
export const DISTRIBUTION = 'E2QWFERNLIGHT1';
export const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
export const TRAIL_ARN = `arn:aws:cloudtrail:us-east-1:${PRODUCTION}:trail/production`;

/** The CI user at its proper place of work. */
export const jenkins = userWithKey(USERS.ciDeploy, KEYS.ciDeploy, {
  address: PLACES.jenkins.address,
  agent: AGENTS.jenkins,
});

/** The same key in other hands. */
export const intruder = userWithKey(USERS.ciDeploy, KEYS.ciDeploy, SEATS.server);

/** The user that the intruder made. */
export const backupUser = userWithKey(USERS.backup, KEYS.backup, SEATS.server);
