/** A number of bytes for a user, in whole megabytes. */
export function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
