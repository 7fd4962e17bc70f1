// The look of the report: readable on a screen, and on paper in black and white.

export const style = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #111; background: #fff; max-width: 75rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.8rem; margin: 0; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; border-bottom: 2px solid #111; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; margin: .6rem 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .87rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid #777; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
thead th { background: #e8e8e8; }
tbody th { font-weight: 600; }
td, th { hyphens: auto; }
code, pre { font: .85rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { border: 1px solid #777; padding: .5rem; }
.notice { border: 2px solid #111; padding: .6rem 1rem; }
nav ol { columns: 2; }
a { color: #111; }
@page { size: landscape; margin: 15mm; }
@media print {
  body { font-size: 10pt; margin: 0; padding: 0; max-width: none; }
  nav { display: none; }
  thead { display: table-header-group; }
  th, td { overflow-wrap: anywhere; }
  tr, dl, .notice { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
}
`;
