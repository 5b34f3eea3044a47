/* say.ts - the console's words: Chinese at once, English when asked for. */
import { makeTexts } from '@shared/i18n'
import zh from './zh.json'

export { lang } from '@shared/i18n'
export type Key = keyof typeof zh

export const { t, setLang, startTexts } = makeTexts<Key>(zh, () => import('./en.json'))
