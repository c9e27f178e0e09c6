/** One step of the schema. A released one is never edited: readers and writers of other versions rely on it. */
export interface Migration {
  /** `user_version` after it. */
  version: number
  sql: string
}
