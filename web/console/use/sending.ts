/* sending.ts - one file on its way to the house: chosen, sent, and where its page is then. */
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { failureText } from '../parts/failure'
import { t } from '../say'

/* `send` gives the address of the page that shows what came of it. */
export function useSending(send: (file: File) => Promise<string>, told?: (file: File) => void) {
  const router = useRouter()
  const file = ref<File>()
  const busy = ref(false)
  const fault = ref('')

  function chosen(e: Event): void {
    file.value = (e.target as HTMLInputElement).files?.[0]
    fault.value = ''
    if (file.value) told?.(file.value)
  }
  async function go(): Promise<void> {
    if (!file.value) return void (fault.value = t('intake.choose_file'))
    busy.value = true
    fault.value = ''
    try {
      await router.push(await send(file.value))
    } catch (e) {
      fault.value = failureText(e)
    } finally {
      busy.value = false
    }
  }
  return { busy, fault, chosen, go }
}
