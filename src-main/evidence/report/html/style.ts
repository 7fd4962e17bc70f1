// The look of the page: by day, by night, and on paper in black and white.

export const style = `
:root { color-scheme: light dark; --paper: #fff; --pale: #eceef1; --light: #c9ced6; --middle: #98a1ad; --dark: #4d5763; --ink: #14181d; --soft: #4a525c; --line: #767f8a; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181d; --pale: #232931; --light: #3b444f; --middle: #66717e; --dark: #a5afba; --ink: #eef1f4; --soft: #b9c1ca; --line: #7d8894; } }
@media print { :root { color-scheme: light; --paper: #fff; --pale: #eee; --light: #ccc; --middle: #999; --dark: #555; --ink: #000; --soft: #333; --line: #777; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.3rem; margin: 2.4rem 0 .7rem; padding-bottom: .2rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.02rem; margin: 1.6rem 0 .4rem; overflow-wrap: anywhere; }
p, li { max-width: 46rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(8rem, 17rem) 1fr; gap: .25rem 1.5rem; margin: .6rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: .9rem 0; font-size: .85rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--pale); }
tbody th { font-weight: 400; }
code, data { unicode-bidi: isolate; }
code, pre { font: .85em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { border: 1px solid var(--line); padding: .5rem; }
.notice { border: 2px solid var(--ink); padding: .6rem 1rem; max-width: none; }
nav { margin: 1.5rem 0; padding: .6rem 1rem; border: 1px solid var(--line); }
nav ol { columns: 2; margin: 0; padding-left: 1.6rem; }
a { color: inherit; }
figure { margin: .8rem 0; }
figcaption { font-size: .85rem; color: var(--soft); max-width: 46rem; overflow-wrap: anywhere; }
figcaption strong { color: var(--ink); }
svg { display: block; width: 100%; max-width: 46rem; height: auto; overflow: visible; font-family: system-ui, sans-serif; }
.heavy { font-weight: 700; }
.dashed { stroke-dasharray: 3 2; }
.fill-none { fill: none; } .fill-paper { fill: var(--paper); } .fill-pale { fill: var(--pale); } .fill-light { fill: var(--light); }
.fill-middle { fill: var(--middle); } .fill-dark { fill: var(--dark); } .fill-ink { fill: var(--ink); }
.stroke-none { stroke: none; } .stroke-paper { stroke: var(--paper); } .stroke-pale { stroke: var(--pale); } .stroke-light { stroke: var(--light); }
.stroke-middle { stroke: var(--middle); } .stroke-dark { stroke: var(--dark); } .stroke-ink { stroke: var(--ink); }
rect { stroke-width: .5; }
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-left { content: "Countersign evidence report"; font: 8pt sans-serif; } @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif; } }
@media print {
  body { font-size: 9.5pt; margin: 0; padding: 0; max-width: none; }
  p, li { max-width: none; }
  table { font-size: 8pt; }
  thead { display: table-header-group; }
  tr, figure, .notice, dd { break-inside: avoid; }
  h1, h2, h3, caption, dt, thead { break-after: avoid; }
  h2 + *, h3 + *, dl + figure, p + figure, tbody tr:first-child { break-before: avoid; }
  header { border-bottom: 2px solid #000; padding-bottom: .5rem; }
  section:has(> h2 + figure) { break-inside: avoid; }
  nav { break-after: page; }
}
`;
