/* texts.ts - this page's own texts: they come with the page, so the first load does not carry them. */
import { shallowRef, watch } from 'vue'
import { fill, lang, type Params } from '@shared/i18n'
import zh from './zh.json'

export type Word = keyof typeof zh
const texts = shallowRef<Record<Word, string>>(zh)

watch(lang, async to => {
  texts.value = to === 'en' ? (await import('./en.json').catch(() => ({ default: zh }))).default : zh
}, { immediate: true })

export const say = (key: Word, params?: Params): string => fill(texts.value[key], params)
