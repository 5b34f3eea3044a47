/* hours.ts - opening hours as written for machines ("Mo-Fr 08:00-17:00; PH off") put into words. */
import { lang } from '@shared/i18n'

const zh: [RegExp, string][] = [
  [/\bPH\b/g, '法定节假日'], [/\boff\b|\bclosed\b/g, '休息'], [/24\/7/g, '全天 24 小时'],
  [/\bMo\b/g, '周一'], [/\bTu\b/g, '周二'], [/\bWe\b/g, '周三'], [/\bTh\b/g, '周四'],
  [/\bFr\b/g, '周五'], [/\bSa\b/g, '周六'], [/\bSu\b/g, '周日'],
  [/(周.)-(周.)/g, '$1至$2'], [/(\d\d:\d\d)-(\d\d:\d\d)/g, '$1–$2'], [/,\s*/g, '、'], [/;\s*/g, '；'],
]

export function hoursText(osm: string): string {
  return lang.value === 'en' ? osm : zh.reduce((text, [rule, word]) => text.replace(rule, word), osm)
}
