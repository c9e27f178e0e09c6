import { markup, type Markup } from './markup.ts'

/**
 * Content that a screen shows when its heading is clicked, or when a link leads to it or into it; it is always printed. To be the whole of a section after which links are named.
 * The content follows the switch instead of standing in it: no style sheet can show what is inside of a closed `details` in browsers before 2025, so that it would be missing on paper.
 */
export function folded(heading: Markup, content: Markup): Markup {
  return markup`<details class="fold"><summary>${heading}</summary></details>
    <div class="folded">${content}</div>`
}
