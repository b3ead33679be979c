/**
 * The page's looks, in light and in dark.
 */
export const STYLE: string = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --card: #fff; --ink: #1c1d1f; --quiet: #5c6066; --line: #dfe1e4; --code: #f1f2f4;
  --exact: #1a7f4b; --bounded: #2463b5; --failed: #c22f2f; --broken: #8a3fb3; --unsupported: #9aa0a8;
  --good: #e5f5ec; --bad: #fdeaea; --odd: #f4eaf9; --rule: #fff4d6; --rule-ink: #5c4300;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131416; --card: #1b1d20; --ink: #e6e7e9; --quiet: #a0a5ad; --line: #33363b; --code: #24272b;
    --exact: #4cc38a; --bounded: #6ea8f0; --failed: #ff7b7b; --broken: #d19cf0; --unsupported: #6c737c;
    --good: #12301f; --bad: #3a1b1b; --odd: #2d1d38; --rule: #3a2f10; --rule-ink: #ffe3a1;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main { max-width: 72rem; margin: 0 auto; padding: 1.25rem; }
header { margin-top: 1.25rem; border-radius: 12px; background: var(--odd); border-left: 8px solid var(--broken); }
header.conforms, header.as-expected { background: var(--good); border-color: var(--exact); }
header.differs { background: var(--bad); border-color: var(--failed); }
header p { margin: .25rem 0; }
.subject { font-weight: 600; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { font-size: 1.25rem; margin: 0; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
.rule { background: var(--rule); color: var(--rule-ink); padding: .6rem .8rem; border-radius: 8px; font-weight: 600; }
dl { margin: .5rem 0; } dl div { display: grid; grid-template-columns: 6.5rem 1fr; gap: .75rem; } dt { color: var(--quiet); } dd { margin: 0; }
.facts { font-size: .875rem; } .cause dd { font-family: ui-monospace, monospace; font-size: .875rem; }
section { margin: 0 0 1.5rem; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
summary { cursor: pointer; } summary h2 { display: inline; }
.quiet, small, figcaption { color: var(--quiet); font-size: .875rem; } small { display: block; font-weight: 400; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; } th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.matrix { width: 100%; margin-top: .75rem; font-size: .875rem; } .matrix td { min-width: 6.25rem; } .matrix .none { background: repeating-linear-gradient(135deg, transparent 0 6px, var(--code) 6px 7px); }
.matrix th, .counts { overflow-wrap: normal; }
.sum td, .sum th { border-top: 2px solid var(--line); }
.bar { display: flex; height: 6px; border-radius: 3px; overflow: hidden; gap: 1px; margin: .3rem 0; } .bar i { min-width: 3px; flex-basis: 0; }
i.exact { background: var(--exact); } i.bounded { background: var(--bounded); } i.failed { background: var(--failed); } i.broken { background: var(--broken); } i.unsupported { background: var(--unsupported); opacity: .45; }
b.exact, td.exact { color: var(--exact); } b.bounded, td.bounded { color: var(--bounded); } b.failed, td.failed { color: var(--failed); } b.broken, td.broken { color: var(--broken); } b.unsupported, td.unsupported { color: var(--quiet); }
.cause { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; margin: .5rem 0; } .cause > summary { font-weight: 600; }
.id, .ids { font-family: ui-monospace, monospace; font-size: .875rem; }
.id { margin: .5rem 0; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin: .75rem 0; }
figure { margin: 0; } svg { width: 100%; height: auto; display: block; background: var(--page); border: 1px solid var(--line); border-radius: 8px; }
svg text { font: 11px ui-monospace, monospace; fill: var(--quiet); } svg .y { text-anchor: end; } svg .x { text-anchor: middle; }
svg .grid { stroke: var(--line); } polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
polyline.expected, line.expected { stroke: var(--exact); stroke-width: 2; } polyline.actual, line.actual { stroke: var(--failed); stroke-width: 2; stroke-dasharray: 6 4; } polyline.distance { stroke: var(--bounded); }
circle.expected { fill: var(--exact); } circle.actual { fill: var(--failed); } circle.distance { fill: var(--bounded); }
.numbers td, .numbers th { text-align: right; font-family: ui-monospace, monospace; font-size: .8rem; padding: .15rem .6rem; white-space: nowrap; }
.command { display: flex; gap: .5rem; align-items: stretch; margin: .5rem 0; } pre { margin: 0; flex: 1; min-width: 0; padding: .5rem .7rem; background: var(--code); border-radius: 6px; white-space: pre-wrap; font: .8125rem/1.5 ui-monospace, monospace; }
button { font: inherit; font-size: .8125rem; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .2rem .7rem; cursor: pointer; }
.search { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0; } #query { flex: 1 1 16rem; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .7rem; }
#chips { display: flex; flex-wrap: wrap; gap: .35rem; } .chip[aria-pressed=true] { outline: 2px solid var(--ink); }
.chip.exact { color: var(--exact); } .chip.bounded { color: var(--bounded); } .chip.failed { color: var(--failed); } .chip.broken { color: var(--broken); }
.cases { width: 100%; font-size: .875rem; } .cases td:first-child { width: 7rem; white-space: nowrap; } .cases .id { margin: 0; } .cases small { font-family: system-ui, sans-serif; }
@media (max-width: 40rem) { header, main { padding: .75rem; } header { margin-top: 0; border-radius: 0; } h1 { font-size: 1.5rem; } section { padding: .75rem; } dl div { grid-template-columns: 1fr; gap: 0; margin-bottom: .4rem; } .cases td:first-child { width: auto; } }
@media print { .search, .copy { display: none; } }
`;
