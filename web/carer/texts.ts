/* texts.ts - the carer's texts. */
import { makeTexts } from '@shared/i18n'
import zh from './zh.json'

export type Key = keyof typeof zh
export const { t, setLang, startTexts } = makeTexts<Key>(zh, () => import('./en.json'))
