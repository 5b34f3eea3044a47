/* columns.ts - which columns a person wants in a list, remembered by entity. */
import { remember, remembered } from '@shared/store'
import { computed, ref } from 'vue'
import { isInner } from '../entity/values'
import type { Entity, Field } from '../meta'

export function briefColumns(e: Entity): Field[] {
  const key = e.fields.find((f) => f.name === e.title)
  const brief = e.fields.filter((f) => f.brief && !isInner(f) && f !== key)
  const others = brief.length ? brief : e.fields.filter((f) => !isInner(f) && !f.many_lines && f.class === 'open' && f !== key).slice(0, 6)
  return key ? [key, ...others] : [...e.fields.filter((f) => f.name === 'id'), ...others]
}

export function useColumns(entity: () => Entity | undefined) {
  const chosen = ref<string[]>(remembered(`columns.${entity()?.name ?? ''}`, []))

  /* The key column stays first whatever is chosen. */
  const all = computed(() => {
    const e = entity()
    if (!e) return []
    const brief = briefColumns(e)
    const rest = e.fields.filter((f) => !brief.includes(f) && (!isInner(f) || f.name === 'created_at') && f.class !== 'secret')
    return [...brief, ...rest]
  })
  const columns = computed(() => {
    const e = entity()
    if (!e) return []
    if (!chosen.value.length) return briefColumns(e)
    return all.value.filter((f, n) => n === 0 || chosen.value.includes(f.name))
  })
  /* No names: back to the entity's own. */
  function choose(names: string[]): void {
    chosen.value = names
    remember(`columns.${entity()?.name ?? ''}`, names)
  }
  return { columns, all, choose }
}
