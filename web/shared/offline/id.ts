/* id.ts - ids that a device without a network makes for new rows. */
/* An id the server will not have given: milliseconds since 2024, node 0, a random end. */
export function phoneId(ms = Date.now()): string {
  const since = ms - Date.UTC(2024, 0, 1), node = 4194304, million = 1000000
  const end = crypto.getRandomValues(new Uint16Array(1))[0]! % 4096
  const low = (since % million) * node + end
  const high = Math.floor(since / million) * node + Math.floor(low / million)
  return `${high}${String(low % million).padStart(6, '0')}`
}
