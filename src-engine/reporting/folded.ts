import { markup, type Markup } from './markup.ts'

/**
 * Content that a screen shows when its heading is clicked, or when a link leads to it or into it; it is always printed. To be the whole of a section after which links are named.
 * What a link has opened is closed by a link, that to the heading itself: without a script nothing else can.
 * The content follows the switch instead of standing in it: no style sheet can show what is inside of a closed `details` in browsers before 2025, so that it would be missing on paper.
 */
export function folded(id: string, heading: Markup, content: Markup): Markup {
  return markup`<details class="fold" id="${id}"><summary>${heading}</summary></details>
    <div class="folded"><a class="close" href="#${id}">close</a>${content}</div>`
}
