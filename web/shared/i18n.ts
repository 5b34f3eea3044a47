/*
 * i18n.ts - texts by key from a face's message files; Chinese is in the first load, English comes
 * when asked for. `{name}` in a text is replaced by the parameter of that name.
 */
import { ref, shallowRef } from 'vue'
import { speak } from './api'
import { remember, remembered } from './store'

export type Lang = 'zh' | 'en'
type Texts = Record<string, string>
export type Params = Record<string, string | number>

export const lang = ref<Lang>('zh')

export function fill(text: string, params?: Params): string {
  return params ? text.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole)) : text
}

/* Makes a face's `t` and its language switch; K is the keys of its Chinese file. */
export function makeTexts<K extends string>(zh: Record<K, string>,
  en: () => Promise<{ default: Record<K, string> }>) {
  const texts = shallowRef<Texts>(zh)

  async function setLang(to: Lang): Promise<void> {
    texts.value = to === 'en' ? (await en()).default : zh
    lang.value = to
    speak(to === 'en' ? 'en' : 'zh-CN')
    document.documentElement.lang = to === 'en' ? 'en' : 'zh-CN'
    remember('lang', to)
  }

  const t = (key: K, params?: Params): string => fill(texts.value[key] ?? zh[key] ?? key, params)

  /* Call before the face is drawn. */
  async function startTexts(): Promise<void> {
    if (remembered<Lang>('lang', 'zh') === 'en') await setLang('en').catch(() => undefined)
  }
  return { t, setLang, startTexts }
}
