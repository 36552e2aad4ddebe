/** Bits of a row's flags. Read by the scanner's WebAssembly too: nothing but plain constants may stand here. */

/** `eventTime` is exactly `YYYY-MM-DDTHH:MM:SSZ` of `time`, so that the text can be had from the number. */
export const TIME_CANONICAL = 1;
/** The record has no `eventTime` at all. */
export const TIME_ABSENT = 2;
/** `eventId` holds the bytes of a lower-case UUID; otherwise see `Block.oddIds`. */
export const ID_UUID = 4;
/** The scanner could not vouch for the record: its columns come from JSON.parse. */
export const PARSED = 8;
/** The record holds bytes that are not valid UTF-8. */
export const BAD_UTF8 = 16;
/** Another event of the case has the same ID and other content. Set by the case worker. */
export const CONFLICT = 32;
/** The record carries its own `sourceIPAddress_geoip`: the built-in geo columns do not speak for it. */
export const OWN_GEO = 64;
/** `requestParameters` is present and not null; likewise `responseElements`. */
export const HAS_REQUEST = 128;
export const HAS_RESPONSE = 256;
/** Something beside `errorCode` says that the call failed, or that it was refused (see `saidBy`). */
export const SAID_FAILED = 512;
export const SAID_REFUSED = 1024;
/** The record has an `addendum`: it came late, or amends another one. */
export const HAS_ADDENDUM = 2048;
