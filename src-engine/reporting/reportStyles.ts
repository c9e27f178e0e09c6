import { lightTokens } from '#figures/plot/lightTokens.ts'
import { mathFont } from './mathFont.ts'

const mathFamily = '"Ergoscope Math"'

/** Text in the reader's own fonts, signs that those lack in ours. The page's fonts are not here, and its math face would stand in for them. */
const textFont = (family: string): string => `${family.replace('"STIX Two Math", ', '')}, ${mathFamily}`

const tokens = Object.entries({
  ...lightTokens,
  '--font-ui': textFont(lightTokens['--font-ui']),
  '--font-claim': textFont(lightTokens['--font-claim']),
  '--font-mono': textFont(lightTokens['--font-mono']),
  '--font-math': `${mathFamily}, ${lightTokens['--font-math']}`,
})
  .map(([name, value]) => `${name}:${value}`)
  .join(';')

/** The report's style sheet: light, two figures side by side on a screen and on A4. */
export const reportStyles = `
@font-face{font-family:${mathFamily};src:url(data:font/woff2;base64,${mathFont}) format("woff2")}
:root{${tokens};color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:880px;padding:28px 32px 64px;background:#fff;color:var(--text-1);font:13px/1.5 var(--font-ui);font-variant-numeric:tabular-nums}
h1,h2,h3,h4,p,dl,dd,figure,blockquote{margin:0}
h1{margin:2px 0 14px;font:500 27px/33px var(--font-claim);text-wrap:balance}
h2{margin:36px 0 8px;padding-top:10px;border-top:2px solid var(--text-1);font:500 21px/27px var(--font-claim);overflow-wrap:anywhere}
h3{margin:22px 0 6px;font-size:14px;overflow-wrap:anywhere}
h4{margin:18px 0 5px;font-size:12px;color:var(--text-3)}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
code,pre{font:12px/1.5 var(--font-mono);overflow-wrap:anywhere}
pre{white-space:pre-wrap}
.over,.quiet,.note{color:var(--text-3)}
.note{font-size:12px}
.math,math{font-family:var(--font-math)}
.number{text-align:right}
.found{display:flex;align-items:center;gap:8px;margin-top:4px}
.claim,.detail{overflow-wrap:anywhere}
.claim{margin:5px 0 2px;font:500 22px/28px var(--font-claim);text-wrap:balance}
.detail{font:15px/22px var(--font-claim);color:var(--text-2);white-space:pre-line}
.needed{margin-top:4px}
blockquote{margin:10px 0 0;max-width:100%;overflow-wrap:anywhere;padding:2px 0 2px 12px;border-left:3px solid var(--line-strong);color:var(--text-2);font:13.5px/19px var(--font-claim)}
.chip{display:inline-flex;align-items:center;gap:5px;padding:1px 8px 1px 5px;border-radius:4px;font-weight:500;white-space:nowrap;color:var(--c);background:var(--s)}
.chip svg{width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:1.4;stroke-linecap:round}
.chip .dot{fill:currentColor;stroke:none}
.stationary{--c:var(--v-stationary);--s:var(--v-stationary-soft)}
.invariant{--c:var(--v-invariant);--s:var(--v-invariant-soft)}
.cycle{--c:var(--v-cycle);--s:var(--v-cycle-soft)}
.moving{--c:var(--v-moving);--s:var(--v-moving-soft)}
.diverged{--c:var(--v-diverged);--s:var(--v-diverged-soft)}
.open{--c:var(--v-open);--s:var(--v-open-soft)}
.check{width:14px;height:14px;vertical-align:-2px;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.pass{color:var(--pass)}.warn{color:var(--warn)}.fail{color:var(--fail)}.unknown{color:var(--unknown)}
.swatch{width:18px;height:8px;vertical-align:1px}
.interval{display:block;width:110px;height:16px}
.interval .axis{stroke:var(--line-strong)}
.interval .margin{fill:var(--chart-margin)}
.interval .threshold{stroke:var(--chart-reference);stroke-dasharray:2 1.6}
.interval .bar{stroke:var(--text-1);stroke-width:1.5;fill:none}
.interval circle{fill:var(--text-1)}
table{border-collapse:collapse}
th{font-weight:400;text-align:left}
.evidence,.runs,.links,.margins{width:100%;font-size:12px;line-height:16px}
:is(.evidence,.runs,.links,.margins) :is(th,td){padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
:is(.evidence,.runs,.links,.margins) thead th{color:var(--text-3);font-size:11.5px;border-bottom-color:var(--line-strong);vertical-align:bottom}
.evidence thead .number,.margins thead .number{text-align:right}
:is(.evidence,.runs,.links) tbody th{font-weight:500}
.runs tbody th{overflow-wrap:anywhere;min-width:196px}
.links tbody th{white-space:nowrap}
.wide .links td{min-width:108px;white-space:normal}
.links thead th{min-width:108px;max-width:220px;overflow-wrap:anywhere;white-space:normal}
.evidence .link{min-width:132px}
.evidence .limit{min-width:124px}
.evidence .run{min-width:110px;max-width:220px;overflow-wrap:anywhere}
sub{font-size:.72em;line-height:0}
.word{white-space:nowrap}
.evidence .why{color:var(--text-2);min-width:170px}
.evidence .glyph{min-width:116px}
.weakest>*{background:var(--warn-soft)}
.weakest>:first-child{box-shadow:-6px 0 0 var(--warn-soft)}
.word{color:var(--warn);font-weight:600}
.changed>*{font-weight:600}
.settings{display:flex;flex-wrap:wrap;gap:2px 22px;font-size:12.5px}
.settings div{display:flex;gap:6px}
.settings dt{color:var(--text-3)}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:22px 24px;margin-top:20px;align-items:start}
figure{min-width:0;break-inside:avoid}
.plot svg{display:block;width:100%;height:auto;font-family:var(--font-ui)}
figcaption{margin-top:4px;font:12.5px/17px var(--font-claim);color:var(--text-2)}
figcaption b{color:var(--text-1)}
figcaption a,.legend,.reason{font:11.5px/16px var(--font-ui)}
.legend{margin-top:3px}
.legend span{margin-right:10px;white-space:nowrap}
.legend bdi span{margin:0}
.reason{margin-top:3px}
details{margin-top:4px;font-size:11.5px}
summary{color:var(--text-3);cursor:pointer}
details[open]>summary{margin-bottom:4px}
.fold{margin-top:0;font-size:inherit}
.fold summary{display:flex;align-items:center;gap:10px;color:var(--text-1);padding:9px 0;border-top:1px solid var(--line-strong)}
.fold summary::before{content:"";flex:none;width:0;border:4.5px solid transparent;border-left:7px solid var(--text-3);border-right:0}
.fold[open] summary::before{transform:rotate(90deg)}
.fold summary:hover h2{color:var(--accent)}
.fold :is(h2,h3){margin:0;padding:0;border:0}
.fold h2{font-size:17px;line-height:22px}
.fold~.folded{padding-bottom:22px}
.close{display:none;position:sticky;top:8px;z-index:1;float:right;padding:1px 10px;background:#fff;border:1px solid var(--line-strong);border-radius:4px;font-size:11.5px}
.data{font-size:11px;line-height:15px}
.data th,.data td{padding:1px 12px 1px 0;vertical-align:top;overflow-wrap:anywhere}
.columns td{overflow-wrap:normal}
.wide{overflow-x:auto}
.wide td,.estimate{white-space:nowrap}
.data thead th{color:var(--text-3)}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:1px 16px;font-size:12px}
.facts dt{color:var(--text-3)}
.facts dd{overflow-wrap:anywhere}
.command{margin:6px 0 4px;padding:8px 12px;background:var(--bg-sunken);border-radius:4px}
.methods p{font:14px/20px var(--font-claim)}
.sources{margin:0;padding-left:20px;font:13px/18px var(--font-claim);color:var(--text-2)}
.readings article{break-inside:avoid}
.readings p,.readings dd{font:13.5px/19px var(--font-claim);color:var(--text-2)}
.readings .symbols{font-size:12.5px}
.readings dl{display:grid;grid-template-columns:100px minmax(0,1fr);gap:3px 12px;margin-top:5px}
.readings dt{color:var(--text-3);font-size:12px;line-height:19px}
.formula{padding:8px 0;font-size:16px;overflow-x:auto}
.columns{columns:2;column-gap:24px}
.columns table{width:100%;margin-bottom:12px;break-inside:avoid}
.columns caption{padding-bottom:2px;text-align:left;font-size:11px;line-height:15px;color:var(--text-2)}
.columns .exact{white-space:nowrap;color:var(--text-3);text-align:right;padding-right:0}
@page{size:A4;margin:16mm 15mm}
@media (max-width:640px){.figures{grid-template-columns:minmax(0,1fr)}.columns{columns:1}body{padding:16px}:is(.evidence,.runs){display:block;overflow-x:auto}}
@media screen{:not(:target)>.fold:not([open])+.folded:not(:has(:target)){display:none}}
@media screen{.fold:not([open])+.folded>.close{display:block}}
@media print{
.onscreen{display:none}
.wide{overflow:visible}
figure:has(details[open]){grid-column:1/-1}
figure:has(details[open]) .plot{max-width:50%}
body{max-width:none;padding:0;font-size:9.5pt}
a{color:inherit}
h1{font-size:20pt;line-height:24pt}
h2,h3,h4{break-after:avoid}
.run,.methods,.readings,.numbers{break-before:page}
.evidence,.runs,.links,.margins{font-size:8pt;line-height:11pt}
.evidence tr,.runs tr,.links tr,.margins tr,.settings div,blockquote{break-inside:avoid}
.evidence thead{display:table-header-group}
.evidence .why{min-width:120px}
.evidence .link{min-width:116px}
.evidence .limit{min-width:100px}
.claim{font-size:15pt;line-height:19pt}
.detail{font-size:10.5pt;line-height:14.5pt}
blockquote{font-size:9.5pt;line-height:13pt}
.methods p,.readings p,.readings dd,.sources{font-size:9.5pt;line-height:13pt}
.figures{gap:14px 16px}
figcaption{font-size:8.5pt;line-height:11.5pt}
figcaption a,.legend,.reason{font-size:8pt;line-height:11pt}
details:not(.fold):not([open]){display:none}
.fold summary{padding:0;border-top:2px solid var(--text-1)}
.fold summary::before{content:none}
.fold h2{padding-top:10px;font-size:21px;line-height:27px}
.data{font-size:7pt;line-height:9.5pt}
.chip,.weakest>*,.command,.interval,.plot{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`
