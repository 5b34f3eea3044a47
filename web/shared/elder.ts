/* elder.ts - 长辈版: a set of tokens switched on the root, remembered, offered once. */
import { ref } from 'vue'
import { remember, remembered } from './store'

export const elder = ref(remembered<boolean>('elder', false))
export const elderAsked = ref(remembered<boolean>('elder.asked', false))

function show() { document.documentElement.toggleAttribute('data-elder', elder.value) }

export function setElder(on: boolean): void {
  elder.value = on
  elderAsked.value = true
  remember('elder', on)
  remember('elder.asked', true)
  show()
}

export function startElder(): void { show() }
