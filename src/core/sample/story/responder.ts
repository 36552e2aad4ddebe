/** Mei Tanaka, who answers the incident from home: in the browser, and in a shell. */
import { roleSession } from '../actor.ts';
import { march } from '../clock.ts';
import { MAIL, PRODUCTION, ROLES, SEATS, temporaryKey } from '../company.ts';

export const responder = roleSession(
  ROLES.security,
  MAIL.mei,
  temporaryKey(PRODUCTION, 'mei'),
  march(17, '07:38'),
  SEATS.mei,
);

export const responderInShell = roleSession(
  ROLES.security,
  MAIL.mei,
  temporaryKey(PRODUCTION, 'mei shell'),
  march(17, '07:45'),
  SEATS.meiShell,
);
