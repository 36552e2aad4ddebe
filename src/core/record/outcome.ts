/** What came of a call. */

export const OUTCOMES = ['success', 'denied', 'error'] as const;

/** `denied`: who called was not allowed to. `error`: anything else went wrong. */
export type Outcome = (typeof OUTCOMES)[number];

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
 * @param consoleLogin `responseElements.ConsoleLogin`, '' when there is none: a failed sign-in has an
 *   `errorMessage` and no `errorCode`
 */
export function outcomeOf(errorCode: string, consoleLogin: string): Outcome {
  if (consoleLogin === 'Failure' || DENIED.test(errorCode)) return 'denied';
  return errorCode === '' || errorCode === '200' ? 'success' : 'error';
}
