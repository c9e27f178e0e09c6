/** A piece of markup that may stand in a page as it is. Made by `markup` and `trusted` only. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type MarkupPart = Markup | string | number | null | readonly MarkupPart[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as it stands in a page, as content or between the quotes of an attribute. Control characters, which HTML forbids, become U+FFFD. */
export function escapeText(text: string): string {
  return (
    text
      .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
      // oxlint-disable-next-line no-control-regex -- removing control characters is the purpose
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
  )
}

function markupOf(part: MarkupPart): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'string') return escapeText(part)
  return typeof part === 'number' ? String(part) : part.map(markupOf).join('')
}

/** A template whose every value is escaped, unless it is markup itself; null is nothing, a list is its entries one after the other. Its own indentation is left out. */
export function markup(strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  return new Markup(strings.map((text, i) => text.replaceAll(/\n\s*/g, '\n') + markupOf(parts[i] ?? null)).join(''))
}

/** Markup that we made ourselves: a drawing, a style sheet. */
export function trusted(text: string): Markup {
  return new Markup(text)
}

/** A name given by whoever made the run: its direction of writing does not spill over into the sentence. */
export function givenName(name: string): Markup {
  return markup`<bdi>${name}</bdi>`
}
