import { expect, test } from 'vitest';
import { markdownText } from '../../../src/core/text/markdown.ts';

test('nothing that a log says becomes markup, a link or HTML', () => {
  expect(markdownText('[x](javascript:alert(1))')).toBe('\\[x\\](javascript:alert(1))');
  expect(markdownText('<img src=x>')).toBe('\\<img src=x\\>');
  expect(markdownText('**a** `b` _c_ ~~d~~ | e')).toBe('\\*\\*a\\*\\* \\`b\\` \\_c\\_ \\~\\~d\\~\\~ \\| e');
  expect(markdownText('https://evil.example www.evil.example a@b.c')).toBe(
    'https\\://evil.example www\\.evil.example a\\@b.c',
  );
  expect(markdownText('&lt;script&gt;')).toBe('&amp;lt;script&amp;gt;');
  expect(markdownText('two\nlines\u202E')).toBe('two␊lines\\<U+202E\\>');
});

test('plain words stay as they are', () => {
  expect(markdownText('role/Admin-1 203.0.113.5 (Netherlands)')).toBe(
    'role/Admin-1 203.0.113.5 (Netherlands)',
  );
});
