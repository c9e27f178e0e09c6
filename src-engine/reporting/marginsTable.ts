import { defaultMargins, type DiagnosticMargins } from '#core/diagnostics/results/margins.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { marginFields } from '#figures/text/marginFields.ts'
import { folded } from './folded.ts'
import { markup, type Markup } from './markup.ts'
import { quantities } from './marks.ts'

/** `transientShare` as `Transient share`. */
function inWords(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** Every margin in force, by the name that `--margin` takes; what was changed is marked, with its default beside it. */
export function marginsTable(changed: Readonly<Record<string, number>>): Markup {
  const names = Object.keys(defaultMargins) as (keyof DiagnosticMargins)[] // Its own keys.
  const differing = names.filter((name) => (changed[name] ?? defaultMargins[name]) !== defaultMargins[name])
  const isProposed = differing.length === 0
  const note = markup`<p class="note">
    ${isProposed ? 'All as the program proposes them.' : `Changed by the author of this report: ${differing.join(', ')}.`}
    They are proposals, not values from the literature.
  </p>`
  const table = markup`<table class="margins">
      <thead>
        <tr>
          <th scope="col">Margin</th>
          <th scope="col">Name</th>
          <th scope="col" class="number">In force</th>
          <th scope="col" class="number">Default</th>
        </tr>
      </thead>
      <tbody>
        ${names.map((name) => {
          const field = marginFields.find((one) => one.name === name)
          const label = field?.ownLabel ?? field?.label ?? inWords(name)
          const isChanged = differing.includes(name)
          return markup`<tr${isChanged ? markup` class="changed"` : null}><th scope="row">${quantities(label)}</th><td><code>${name}</code></td><td class="number">${formatExact(changed[name] ?? defaultMargins[name])}${isChanged ? markup` <b class="word">changed</b>` : null}</td><td class="number">${formatExact(defaultMargins[name])}</td></tr>`
        })}
      </tbody>
    </table>`
  const heading = markup`<h3>Margins in force</h3>`
  return markup`<section id="margins">
    ${isProposed ? folded('margins-fold', heading, markup`${note}${table}`) : markup`${heading}${note}${table}`}
  </section>`
}
