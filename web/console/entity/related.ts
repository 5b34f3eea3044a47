/* related.ts - which lists hold rows that name a row of this entity: read from their link fields. */
import { meta, type Entity, type Field } from '../meta'

export interface Related { entity: Entity; field: Field }

export function relatedOf(name: string): Related[] {
  const found: Related[] = []
  for (const entity of meta.value?.entities.values() ?? []) {
    const field = entity.fields.find((f) => f.links === name && f.filter)
    if (field) found.push({ entity, field })
  }
  return found
}
