/** Small numbers that go to and fro by record. */

/** What is to be done with a record (`SoughtPart.how`), as bits: look into it, whatever stands in its text. */
export const LOOK = 1;
/** Give it back, if it is looked into: more than its text is needed to decide the query. */
export const GIVE = 2;
/** Give it back, if it must be parsed: whoever asks has time for that. */
export const BACK = 4;

/** What became of it (`FoundPart.verdicts`): no piece stands in it, and it was not looked into. */
export const PASSED = 0;
export const MATCHES = 1;
export const DIFFERS = 2;
export const GIVEN = 3;
