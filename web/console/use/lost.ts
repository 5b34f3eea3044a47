/* lost.ts - notices that the server no longer knows the session, whichever question found out. */
import { ref } from 'vue'

export const lost = ref(0)

/* Wraps fetch once: an answer of 401 to anything but the session itself ends it on screen too. */
export function watchLost(): void {
  const plain = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const answer = await plain(input, init)
    if (answer.status === 401 && !String(input).startsWith('/api/session')) lost.value++
    return answer
  }
}
