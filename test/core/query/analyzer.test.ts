import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../src/core/query/text/analyzer.ts';
import { HAVE_VECTORS, sharedLines } from './vectors.ts';

describe('the standard analyzer', () => {
  it.each([
    ['s3.amazonaws.com', ['s3', 'amazonaws.com']],
    ['iam.amazonaws.com', ['iam.amazonaws.com']],
    ['acm-pca.amazonaws.com', ['acm', 'pca.amazonaws.com']],
    ['Client.UnauthorizedOperation', ['client.unauthorizedoperation']],
    ['arn:aws:iam::aws:policy/AdministratorAccess', ['arn:aws:iam', 'aws:policy', 'administratoraccess']],
    ['10.0.0.0/8', ['10.0.0.0', '8']],
    ['2001:db8::1', ['2001', 'db8', '1']],
    ['aws-cli/2.13.5', ['aws', 'cli', '2.13.5']],
    ['_ __ a_ _1', ['a_', '_1']],
    ['', []],
  ])('%s', (text, words) => {
    expect(tokenize(text)).toEqual(words);
  });

  it('cuts words longer than 255', () => {
    expect(tokenize('x'.repeat(600)).map((word) => word.length)).toEqual([255, 255, 90]);
  });

  it('takes a very long text in no time', () => {
    const text = 'a.'.repeat(200_000);
    const started = performance.now();
    tokenize(text);
    tokenize('x'.repeat(400_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it.skipIf(!HAVE_VECTORS).each(['tokens.jsonl', 'tokens_fuzz.jsonl'])(
    'splits as Lucene 8.8.1 does: %s',
    (file) => {
      const vectors = sharedLines<{ text: string; tokens: string[] }>(`data/alerts/${file}`);
      expect(vectors.length).toBeGreaterThan(50);
      for (const { text, tokens } of vectors)
        expect({ text, tokens: tokenize(text) }).toEqual({ text, tokens });
    },
  );
});
