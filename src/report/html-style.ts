// How the HTML report looks: the reader's own fonts, light or dark as they like it, and fit for printing.

export const style = `:root { color-scheme: light dark; --error: #b3261e; --warning: #8a5300; --info: #00639b; --quiet: #5b6270; --line: #d5d9e0; --panel: #f6f7f9; }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffc46b; --info: #7cc7ff; --quiet: #a3abba; --line: #3a4150; --panel: #1c2027; } }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main, footer { max-width: 68rem; margin: 0 auto; padding: 1rem 1.5rem; }
h1 { margin: 1rem 0 0; font-size: 1.6rem; }
h2 { margin: 2.5rem 0 0; font-size: 1.25rem; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1rem; }
.summary { margin: .25rem 0 1.5rem; color: var(--quiet); }
figure { margin: 1rem 0; }
figure img { max-width: 100%; height: auto; }
figcaption, footer { color: var(--quiet); font-size: .875rem; }
pre { margin: 0; padding: .75rem 1rem; overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; font-size: .875rem; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
h3 > a { text-decoration: none; }
h3 > a:hover, h3 > a:focus-visible { text-decoration: underline; }
.error { color: var(--error); font-weight: 600; }
.warning { color: var(--warning); font-weight: 600; }
.info { color: var(--info); font-weight: 600; }
.accepted, .strong { font-weight: 600; }
.frame, .secondary, .faint { color: var(--quiet); }
section:target > pre { border-color: var(--info); }
@media print { pre { white-space: pre-wrap; break-inside: avoid; } main, footer { max-width: none; } }
`;
