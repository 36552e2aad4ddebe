import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compose } from '../../../../src/core/export/report/compose.ts';
import { writeHtml } from '../../../../src/core/export/report/html.ts';
import { HOSTILE, reportOf } from './sample.ts';

const write = (text: string): string => writeHtml(compose(reportOf(text)));

describe('a report as HTML', () => {
  it('allows by its policy its own style, and nothing else', () => {
    const html = write('x');
    const style = /<style>([^]*?)<\/style>/.exec(html)![1]!;
    const hash = createHash('sha256').update(style, 'utf8').digest('base64');
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">`,
    );
    // What comes before the policy could do as it likes.
    expect(html.indexOf('http-equiv')).toBeLessThan(html.indexOf('<style>'));
  });

  it.each(HOSTILE.map((text) => [text.slice(0, 40), text]))(
    'refers to nothing outside, with %j in it',
    (_, text) => {
      const html = write(text);
      const tags = html.match(/<[a-z][^>]*>/g)!;
      expect(
        tags.filter((tag) => /<(?:script|img|link|iframe|object|embed|base|form|input)\b/.test(tag)),
      ).toEqual([]);
      expect(tags.filter((tag) => /\s(?:src|srcset|style|on\w+)\s*=/.test(tag))).toEqual([]);
      expect(tags.filter((tag) => /\shref=/.test(tag) && !/\shref="#[\w-]+"/.test(tag))).toEqual([]);
      expect(html.length).toBeLessThan(600_000);
    },
  );

  it('says the same as it did of an empty case', () => {
    const empty = reportOf('x');
    empty.scope.findings = 0;
    empty.scope.bySeverity = [0, 0, 0, 0, 0];
    empty.scope.chart = { zone: 'utc' as const, start: NaN, step: 0, findings: [[], [], [], [], []] };
    empty.findings = [];
    const html = writeHtml(compose(empty));
    expect(html).toContain(
      'No findings in 1,200 events; 1 alert could not be evaluated; 1 alert was switched off.',
    );
    expect(html).toContain('No alert fired.');
    expect(html).not.toContain('<figure>');
  });

  it('leaves out the chapters that were not asked for', () => {
    const short = { ...reportOf('x'), findings: null, story: null, files: null };
    const html = writeHtml(compose(short));
    expect(html.match(/<h2 [^>]*>[^<]*/g)!.map((tag) => tag.replace(/.*>/, ''))).toEqual([
      'What was looked at',
      'Alerts, and their versions',
      'How this report was made',
    ]);
  });
});
