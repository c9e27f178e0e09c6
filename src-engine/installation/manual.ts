import { join } from 'node:path'
import { installation } from './installation.ts'

/** Where this user finds a page of the documentation: in the checkout, or beside the installed engine. */
export function manual(page: string): string {
  return installation === null ? `docs/${page}` : join(installation.manual, page)
}
