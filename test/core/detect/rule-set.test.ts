import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RuleSet } from '../../../src/core/detect/rule-set.ts';
import { compileQuery } from '../../../src/core/query/index.ts';
import { enrich } from '../../../src/core/table/enrich.ts';
import { anyRecord } from '../record/arbitrary.ts';
import { anyQuery } from '../table/arbitrary.ts';
import { addTo, builderOf, rowsOf } from '../table/support.ts';

const noHits = { rule: new Uint16Array(0), row: new Uint32Array(0) };
const records = fc.array(anyRecord, { minLength: 1, maxLength: 5 });
/** Those that packs of alerts consist of; the others are any at all. */
const usual = fc.constantFrom(
  'eventName.keyword:CreateUser',
  'eventName.keyword:(CreateUser OR ConsoleLogin) AND NOT errorCode.keyword:AccessDenied',
  'eventSource.keyword:"iam.amazonaws.com" AND eventName.keyword:Create*',
  'userIdentity.type.keyword:Root OR eventName.keyword:ConsoleLogin',
);

it('finds in block after block what each query finds in each record', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(usual, anyQuery), { maxLength: 6 }),
      fc.array(records, { minLength: 1, maxLength: 3 }),
      (texts, blocks) => {
        const queries = texts.map((text) => compileQuery(text));
        const builder = builderOf([]);
        const { vocabulary } = rowsOf(builder);
        // As in an ingest worker: the rules are there first, the dictionaries grow under them.
        const growing = { ...vocabulary };
        const rules = new RuleSet(queries, growing);
        for (const block of blocks) {
          addTo(
            builder,
            block.map(({ text }) => text),
          );
          growing.topLevelKeys = rowsOf(builder).vocabulary.topLevelKeys;
          const matches = (rule: number, row: number): boolean =>
            queries[rule]!.matches(enrich(block[row]!.record, null));
          const { rule, row } = rules.match(builder.inHand(), matches);
          const found = Array.from(rule, (number, i) => [number, row[i]!]);
          const expected = queries.flatMap((_, number) =>
            block.flatMap((_, at) => (matches(number, at) ? [[number, at]] : [])),
          );
          expect(found, JSON.stringify({ texts, block })).toEqual(expected);
          builder.seal(noHits);
        }
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);
