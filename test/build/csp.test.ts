import { describe, expect, test } from 'vitest';
import { hashSource, inlineBlocks, withPolicy } from '../../build/csp.ts';

const page = (head: string, body = ''): string =>
  `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;

describe('withPolicy', () => {
  test('writes the policy first into the head, with a hash for each inline script and style', () => {
    const html = withPolicy(
      page(
        '<meta charset="utf-8" /><style>a{}</style><script type="module">f("é")</script>',
        '<script>g()</script>',
      ),
    );
    expect(html).toContain(
      `<head>\n    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; ` +
        `script-src ${hashSource('f("é")')} ${hashSource('g()')} 'wasm-unsafe-eval'; style-src ${hashSource('a{}')}; worker-src blob:; ` +
        `img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'" /><meta charset="utf-8" />`,
    );
  });

  test('names no source at all where there is nothing inline', () => {
    expect(withPolicy(page(''))).toContain("script-src 'none'; style-src 'none';");
  });

  test.each([
    ['a script from elsewhere', page('<script type="module" crossorigin src="./a.js"></script>')],
    ['a style sheet from elsewhere', page('<link rel="stylesheet" href="./a.css" />')],
    ['a style attribute', page('', '<p style="color: red">a</p>')],
    ['an event handler attribute', page('', '<p onclick="f()">a</p>')],
    ['a comment opening in a script', page('<script>"<!--"</script>')],
    ['a NUL in a script', page('<script>"\0"</script>')],
    ['a CR in a script', page('<script>`\r\n`</script>')],
    ['a script without an end', '<html><head></head><body><script>f()'],
    ['a page without a head', '<p>a</p>'],
  ])('refuses %s', (_what, html) => {
    expect(() => withPolicy(html)).toThrow();
  });

  test('takes markup inside a script for text', () => {
    const code = `x = '<p style="a"><script src="b"><link rel="stylesheet">'`;
    expect(withPolicy(page(`<script>${code}</script>`))).toContain(hashSource(code));
  });
});

describe('inlineBlocks', () => {
  test('ends a script where an HTML parser does', () => {
    const html = '<script>a</scripts>b</SCRIPT ><style media="x">c</script></style>';
    expect(inlineBlocks(html)).toEqual([
      { kind: 'script', text: 'a</scripts>b' },
      { kind: 'style', text: 'c</script>' },
    ]);
  });
});

test("hashSource gives the hash of the example in CSP level 3 ('Hello, world.')", () => {
  expect(hashSource("alert('Hello, world.');")).toBe("'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
});
