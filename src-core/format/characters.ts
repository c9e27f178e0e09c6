/** Groups digits: narrow no-break space. */
export const thinSpace = '\u202f'
/** Between a number and its unit: no-break space. */
export const unitSpace = '\u00a0'
/** True minus. */
export const minusSign = '\u2212'
/** Stands for a value that is not there. */
export const missingMark = '–'

const superscriptDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** An integer as superscript: `-5` gives `⁻⁵`. */
export function superscript(exponent: number): string {
  return String(exponent)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => superscriptDigits.charAt(Number(digit)))
}

/** Replaces the hyphen of a number's text by a true minus. */
export function withMinusSign(text: string): string {
  return text.replace('-', minusSign)
}

/** Groups the integer digits of a plain decimal text by three from four digits on: `22000.5` gives `22 000.5`. */
export function groupDigits(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thinSpace)
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
