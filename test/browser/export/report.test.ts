/** What a browser makes of a report, whatever is in it. */
import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/core/export/report/compose.ts';
import { writeHtml } from '../../../src/core/export/report/html.ts';
import { shown } from '../../../src/core/export/report/shown.ts';
import { HOSTILE, reportOf } from '../../core/export/report/sample.ts';

function read(text: string): Document {
  return new DOMParser().parseFromString(writeHtml(compose(reportOf(text))), 'text/html');
}

/** Every element with its attributes, in order: all but the texts. */
function skeleton(document: Document): string[] {
  return Array.from(document.querySelectorAll('*'), (element) => {
    const attributes = Array.from(element.attributes, ({ name, value }) => {
      // The one attribute that says a text of the case.
      return `${name}=${value}`;
    });
    return `${element.tagName} ${attributes.join(' ')}`;
  });
}

const usual = skeleton(read('x'));

describe('a report', () => {
  it.each(HOSTILE.map((text) => [text.slice(0, 40), text]))('is built the same with %j in it', (_, text) => {
    const document = read(text);
    expect(skeleton(document)).toEqual(usual);
    const expected = shown(text);
    const values = Array.from(document.querySelectorAll('code'), ({ textContent }) => textContent);
    expect(values.filter((value) => value === expected).length).toBeGreaterThan(20);
    expect(document.querySelector('h1')!.textContent).toBe(expected);
    expect(document.title).toBe(expected.trim().replace(/\s+/g, ' '));
    expect(document.body.textContent.replaceAll('\n', '')).not.toMatch(
      /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\u200B-\u200F]/u,
    );
  });
});
