/* tone.ts - the colour of a state's word. The word is always shown; colour and shape only help. */
export type Tone = 'good' | 'watch' | 'bad' | 'info' | 'quiet'

/* States share their keys across entities, so one table of words serves every list. */
const WORDS: Record<Tone, string> = {
  good: 'published active working served confirmed rated done agreed checked well open told sent',
  watch: 'submitted placed asked away needs_attention unchecked closing waiting owed',
  bad: 'declined not_met disputed refused overdue failed closed_today locked stopped',
  info: 'accepted assigned under_way planned arrived running',
  quiet: 'draft withdrawn cancelled ended left closed unknown none no',
}

const tones = new Map<string, Tone>()
for (const [tone, words] of Object.entries(WORDS))
  for (const word of words.split(' ')) tones.set(word, tone as Tone)

export const toneOf = (key: string): Tone => tones.get(key) ?? 'quiet'
