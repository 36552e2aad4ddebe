/**
 * How a report looks, on a screen and on A4 or Letter. Light, whatever the system prefers: it is a document. Severities
 * have the colours that the page gives them in its light theme.
 */
export const STYLE = `
:root { color-scheme: light; --text: #15181c; --soft: #454b53; --faint: #5d646c; --line: #e0e3e7; --strong: #c9cdd2; --sunken: #f6f7f8; --accent: #2557c9; }
*, *::before, *::after { box-sizing: border-box; }
html { background: #fff; color: var(--text); font: 14px/1.5 -apple-system, BlinkMacSystemFont, 'Segoe UI', Inter, Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif; font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%; }
body { max-width: 1000px; margin: 0 auto; padding: 40px 32px 80px; }
header { padding-bottom: 16px; border-bottom: 2px solid var(--text); }
h1 { margin: 0 0 8px; font-size: 26px; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
header p { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 12px 0 0; padding: 0; list-style: none; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h2 { margin: 44px 0 12px; padding-bottom: 4px; border-bottom: 1px solid var(--strong); font-size: 19px; line-height: 1.3; }
h3 { margin: 28px 0 8px; font-size: 15px; line-height: 1.4; }
h4 { margin: 28px 0 6px; font-size: 15px; line-height: 1.4; }
p { margin: 0 0 8px; overflow-wrap: anywhere; max-width: 90ch; }
ul { margin: 0 0 8px; padding-left: 18px; }
li { overflow-wrap: anywhere; }
code { font: 12px/1.5 ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace; font-variant-ligatures: none; unicode-bidi: isolate; white-space: pre-wrap; overflow-wrap: anywhere; }
strong code { font-weight: 700; }
.faint { color: var(--faint); }
dl { display: grid; grid-template-columns: minmax(120px, max-content) 1fr; gap: 3px 20px; margin: 0 0 12px; }
dl > div { display: contents; }
dt { color: var(--faint); }
dd { min-width: 0; margin: 0; overflow-wrap: anywhere; }
table { width: 100%; margin: 8px 0 16px; border-collapse: collapse; font-size: 13px; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: 4px 12px 4px 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
th { border-bottom: 1px solid var(--strong); color: var(--faint); font-size: 12px; font-weight: 600; white-space: nowrap; }
tbody tr + tr td { border-top: 1px solid var(--line); }
.number { text-align: right; white-space: nowrap; }
.events tbody + tbody > tr:first-child > td { border-top: 1px solid var(--line); }
.events { table-layout: fixed; }
.events th:nth-child(1) { width: 200px; white-space: normal; } .events th:nth-child(2) { width: 26%; } .events th:nth-child(3) { width: 26%; } .events th:nth-child(5) { width: 14%; }
.events tr:not(.below) > td:first-child { white-space: nowrap; overflow-wrap: normal; }

.events .below td { padding: 0 0 10px; border-top: 0; white-space: normal; }
.events .below ul { margin: 0; padding: 6px 12px; border-left: 3px solid var(--line); background: var(--sunken); list-style: none; }
.severity { display: inline-flex; align-items: baseline; gap: 6px; white-space: nowrap; }
svg { flex: none; fill: currentColor; fill-rule: evenodd; }
.critical { color: #cf1146; } .high { color: #e2590b; } .medium { color: #a87a00; } .low { color: #128f84; } .info { color: #757e89; }
figure { margin: 20px 0 24px; }
figure svg { display: block; width: 100%; height: auto; }
.axis { color: var(--strong); }
figcaption { display: flex; justify-content: space-between; gap: 16px; padding-top: 4px; color: var(--faint); font-size: 12px; }
@page { margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); color: #5d646c; font: 8pt sans-serif; } }
@media print {
  html { font-size: 9.5pt; line-height: 1.4; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  h1 { font-size: 19pt; }
  h2 { margin-top: 24pt; font-size: 13pt; }
  h3, h4 { font-size: 10.5pt; }
  h2, h3, h4 { break-after: avoid; }
  code { font-size: 8pt; }
  table { font-size: 8.5pt; }
  th { font-size: 8pt; }
  .events th:nth-child(1) { width: 45mm; }
  thead { display: table-header-group; }
  tr, figure, dl > div { break-inside: avoid; }
  .events tbody { break-inside: avoid; }
  .events tbody:first-of-type, thead + tbody > tr:first-child { break-before: avoid; }
  thead { break-after: avoid; break-inside: avoid; }
  p { orphans: 3; widows: 3; }
}
`;
