/** The trail of the sample: calls become records as CloudTrail writes them, and what each should fire is noted. */
import type { Actor, Json, JsonObject, Region } from './actor.ts';
import { isoTime } from './clock.ts';
import { s3ExtendedId, s3RequestId } from './ids.ts';
import { isAbroad } from './places.ts';
import { Random } from './random.ts';

/** One call. What is not said is what is most usual. */
export interface Call {
  /** ms since the epoch; whole seconds are logged. */
  at: number;
  by: Actor;
  /** `iam` for iam.amazonaws.com. */
  service: string;
  name: string;
  region?: Region;
  request?: JsonObject;
  response?: JsonObject;
  /** Code ('' for none) and message. */
  error?: readonly [code: string, message: string];
  /** The permission that was lacking: the call fails, and access-denied is expected to fire. */
  denied?: Denial;
  /** Rules expected to fire, beside access-denied and geo-outside, which follow from the call itself. */
  fires?: readonly string[];
  /** Account that receives the record, when it is not the caller's. */
  account?: string;
  readOnly?: boolean;
  type?: 'AwsApiCall' | 'AwsServiceEvent' | 'AwsConsoleSignIn';
  /** A data event: reading and writing objects. */
  data?: boolean;
  resources?: Json[];
  additional?: JsonObject;
  apiVersion?: string;
  sharedId?: string;
  details?: JsonObject;
  vpcEndpoint?: string;
  /** Host that the client asked for, when it is not the service's usual one. */
  host?: string;
}

/** `action` was denied on `resource`, with the code that the service uses. */
export interface Denial {
  action: string;
  resource?: string;
  code?: 'AccessDenied' | 'AccessDeniedException' | 'Client.UnauthorizedOperation';
  /** What denied it, after "because". */
  because?: string;
}

/** A call without its caller and its time. */
export type CallForm = Omit<Call, 'at' | 'by'>;

/** A record with what is needed to put it into a file. */
export interface Entry {
  id: string;
  account: string;
  region: Region;
  at: number;
  json: JsonObject;
}

/** Services with one endpoint for all regions. */
const GLOBAL = new Set(['iam', 'cloudfront', 'organizations', 'support', 'health', 'ce']);

/** Services that log a request even when they refuse it; IAM and most others withhold it. */
const SHOWS_REFUSED = new Set(['ec2', 's3']);

/** Calls that change nothing go by these first words. */
const READS = /^(Get|List|Describe|Head|Lookup|BatchGet|AssumeRole|Decrypt|GenerateDataKey|Search|Query)/;

export class Trail {
  readonly entries: Entry[] = [];
  /** Event id -> ids of the rules that are to fire, sorted. */
  readonly expected = new Map<string, string[]>();
  readonly #random: Random;

  /** @param topic seeds the ids of the records, so that topics do not disturb each other */
  constructor(topic: string) {
    this.#random = new Random(`trail ${topic}`);
  }

  /** Logs one call and returns its event id. */
  log(call: Call): string {
    const id = this.#random.uuid();
    const region = call.region ?? 'us-east-1';
    const account = call.account ?? call.by.account;
    this.entries.push({ id, account, region, at: call.at, json: this.#record(call, id, region, account) });
    const fires = new Set(call.fires);
    if (call.denied) fires.add('access-denied');
    if (isAbroad(call.by.address)) fires.add('geo-outside');
    if (fires.size > 0) this.expected.set(id, [...fires].sort());
    return id;
  }

  /** The members of a record in the order in which AWS writes them. */
  #record(call: Call, id: string, region: Region, account: string): JsonObject {
    const { by, service } = call;
    const type = call.type ?? 'AwsApiCall';
    const [code, message] = call.error ?? (call.denied ? denialOf(call.denied, by) : ['', '']);
    const withheld = call.denied !== undefined && !SHOWS_REFUSED.has(service);
    return {
      eventVersion: '1.11',
      userIdentity: by.identity,
      eventTime: isoTime(call.at),
      eventSource: `${service}.amazonaws.com`,
      eventName: call.name,
      awsRegion: region,
      sourceIPAddress: by.address,
      userAgent: service === 's3' ? `[${by.agent}]` : by.agent,
      ...(code === '' ? {} : { errorCode: code }),
      ...(message === '' ? {} : { errorMessage: message }),
      requestParameters: withheld ? null : (call.request ?? null),
      responseElements: call.response ?? null,
      ...this.#additional(call),
      ...(type === 'AwsApiCall' ? { requestID: this.#requestId(service) } : {}),
      eventID: id,
      readOnly: call.readOnly ?? READS.test(call.name),
      ...(call.resources ? { resources: call.resources } : {}),
      eventType: type,
      ...(call.apiVersion ? { apiVersion: call.apiVersion } : {}),
      managementEvent: !call.data,
      recipientAccountId: account,
      ...(call.sharedId ? { sharedEventID: call.sharedId } : {}),
      ...(call.details ? { serviceEventDetails: call.details } : {}),
      ...(call.vpcEndpoint ? { vpcEndpointId: call.vpcEndpoint } : {}),
      eventCategory: call.data ? 'Data' : 'Management',
      ...(by.service || type === 'AwsServiceEvent' ? {} : { tlsDetails: tls(call, region) }),
      ...(by.console ? { sessionCredentialFromConsole: 'true' } : {}),
    };
  }

  #requestId(service: string): string {
    return service === 's3' ? s3RequestId(this.#random) : this.#random.uuid();
  }

  #additional(call: Call): JsonObject {
    if (call.service !== 's3') return call.additional ? { additionalEventData: call.additional } : {};
    const signed = call.by.identity['accountId'] !== 'ANONYMOUS_PRINCIPAL';
    return {
      additionalEventData: {
        ...(signed ? { SignatureVersion: 'SigV4' } : {}),
        CipherSuite: 'TLS_AES_128_GCM_SHA256',
        bytesTransferredIn: 0,
        ...(signed ? { AuthenticationMethod: 'AuthHeader' } : {}),
        'x-amz-id-2': s3ExtendedId(this.#random),
        bytesTransferredOut: 0,
        ...call.additional,
      },
    };
  }
}

function denialOf(denial: Denial, by: Actor): [code: string, message: string] {
  const code = denial.code ?? 'AccessDenied';
  if (code === 'Client.UnauthorizedOperation') {
    return [
      code,
      `You are not authorized to perform this operation. User: ${String(by.identity['arn'])} is not authorized to perform: ${denial.action}`,
    ];
  }
  const because = denial.because ?? `no identity-based policy allows the ${denial.action} action`;
  const who = String(by.identity['arn']);
  const what = `${denial.action} on resource: ${denial.resource ?? '*'}`;
  return [code, `User: ${who} is not authorized to perform: ${what} because ${because}`];
}

function tls(call: Call, region: Region): JsonObject {
  const usual = GLOBAL.has(call.service)
    ? `${call.service}.amazonaws.com`
    : `${call.service}.${region}.amazonaws.com`;
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: call.host ?? usual,
  };
}

/** What the calls of a scene have in common: the caller, the usual service, and what else is said here. */
export type Scene = Omit<Partial<Call>, 'at' | 'name'> & { by: Actor; service: string };

/** A call of a scene, `after` seconds after the one before it (3 unless said). */
export type Step = Omit<CallForm, 'service'> & { after?: number; by?: Actor; service?: string };

/** Logs the calls of a scene one after another, the first one at `from` (ms). */
export function play(trail: Trail, scene: Scene, from: number, steps: readonly Step[]): void {
  let at = from;
  steps.forEach(({ after = 3, ...step }, i) => {
    if (i > 0) at += after * 1000;
    trail.log({ ...scene, ...step, at });
  });
}
