/**
 * What came of a call. Most services write an `errorCode` when it failed. Some say it otherwise: sign-in writes
 * its answer into `responseElements` or `serviceEventDetails` under the event's own name, and a few write an
 * `errorMessage` alone. Sources: AWS CloudTrail user guide, "AWS Management Console sign-in events"; IAM Identity
 * Center user guide, "Understanding IAM Identity Center sign-in events".
 */

export const OUTCOMES = ['success', 'denied', 'error'] as const;

/** `denied`: who called was not allowed to. `error`: anything else went wrong. */
export type Outcome = (typeof OUTCOMES)[number];

/** What a record says of its outcome beside `errorCode`. */
export type Said = 'nothing' | 'failed' | 'refused';

/** Objects of a record in which sign-in answers, and the keys under which its answer is `Success` or `Failure`. */
export const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  responseElements: [
    'ConsoleLogin',
    'SwitchRole',
    'ExitRole',
    'RenewRole',
    'CheckMfa',
    'GetSigninToken',
    'PasswordRecoveryCompleted',
  ],
  serviceEventDetails: ['CredentialChallenge', 'CredentialVerification', 'UserAuthentication'],
};

/** The answer that says that a sign-in was refused. */
export const REFUSAL = 'Failure';

/**
 * Codes for "not allowed". Each service has its own: AccessDenied (S3, IAM), AccessDeniedException (most),
 * Client.UnauthorizedOperation and Client.AuthFailure (EC2), AuthorizationError (SNS), UnauthorizedException,
 * NotAuthorizedException (Cognito), VpceAccessDenied (endpoint policy), ForbiddenException, an HTTP status.
 */
const DENIED =
  /access ?denied|un-?authori[sz]ed|not ?authori[sz]ed|authorizationerror|authfailure|^forbidden|^40[13]$/i;

/**
 * Judges a record.
 *
 * @param errorCode `errorCode`, '' when the record has none. Some services write the HTTP status "200" there.
 * @param said what the record says besides: see `saidBy`
 */
export function outcomeOf(errorCode: string, said: Said): Outcome {
  if (said === 'refused' || DENIED.test(errorCode)) return 'denied';
  return said === 'nothing' && (errorCode === '' || errorCode === '200') ? 'success' : 'error';
}

/**
 * @param errorMessage `errorMessage` of a record that has no `errorCode`; '' for none, or where there is a code
 * @param refused whether one of the ANSWERS is a REFUSAL
 */
export function saidBy(errorMessage: string, refused: boolean): Said {
  if (refused || DENIED.test(errorMessage)) return 'refused';
  return errorMessage === '' ? 'nothing' : 'failed';
}
