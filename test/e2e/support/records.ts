/** CloudTrail records by the thousand, for tests of how much and not of what. */

const START = Date.parse('2026-01-01T00:00:00Z');

/** Event ID of record number `n`: a UUID that tells it. */
export function eventId(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Record number `n`, of about 900 bytes: one call a second; every tenth is denied. */
export function record(n: number): Record<string, unknown> {
  const user = `user-${n % 40}`;
  const denied = n % 10 === 0;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDAEXAMPLE${n % 40}`,
      arn: `arn:aws:iam::111122223333:user/${user}`,
      accountId: '111122223333',
      userName: user,
    },
    eventTime: new Date(START + n * 1000).toISOString().replace('.000Z', 'Z'),
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    sourceIPAddress: `10.0.${(n >> 8) % 256}.${n % 256}`,
    userAgent: 'aws-cli/2.15.30 Python/3.11.8 Linux/6.1.0 exe/x86_64.debian.12',
    ...(denied ? { errorCode: 'AccessDenied', errorMessage: 'Access Denied' } : {}),
    requestParameters: { bucketName: 'fernlight-media', key: `photos/${n}.jpg` },
    responseElements: null,
    requestID: `REQ${n}`,
    eventID: eventId(n),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: '111122223333',
    eventCategory: 'Data',
  };
}

/**
 * The text of a log file with records `from` to `to` (exclusive).
 *
 * @param padding makes something to be added to each record
 */
export function logText(from: number, to: number, padding?: () => string): string {
  const records = Array.from({ length: to - from }, (_, i) => {
    const plain = record(from + i);
    return JSON.stringify(padding ? { ...plain, additionalEventData: { padding: padding() } } : plain);
  });
  return `{"Records":[${records.join(',')}]}`;
}
