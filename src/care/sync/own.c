/* own.c - a carer's own rows of a day, as her telephone is told them. */

#include "care/sync/sync.h"

#include <stdalign.h>
#include <stddef.h>

/* One row's object; its second id (0: none) is what the query gave beside it. */
struct own_id { int64_t id, second; };

MUST static enum err own_ids(struct ctx *c, const struct sync_own *own, struct day day,
                             struct own_id *ret_ids, size_t *ret_n)
{
    *ret_n = 0;
    if (c->who->carer == 0)
        return fail(c, ERR_FORBIDDEN, "carer.no_carer", "account %lld is no carer",
                    (long long)c->who->account);
    struct rows r = db_rows(c, own->ids,
                            PARAMS(P_INT("carer", c->who->carer), P_INT("day", day.n)));
    for (; *ret_n < SYNC_ROWS_MAX && rows_next(&r); (*ret_n)++)
        ret_ids[*ret_n] = (struct own_id){ rows_int(&r, 0), r.columns > 1 ? rows_int(&r, 1) : 0 };
    return rows_end(&r);
}

enum err sync_own_rows(struct ctx *c, const struct sync_own *own, struct day day,
                       struct sync_rows *out)
{
    struct own_id ids[SYNC_ROWS_MAX];
    size_t n;
    void *row = arena_take(&c->mem, own->entity->size, alignof(max_align_t));
    TRY(own_ids(c, own, day, ids, &n));
    for (size_t i = 0; i < n; i++) {
        struct buf b = buf_new(&c->mem, 512);
        struct json j = json_new(&b);
        TRY(entity_get(c, own->entity, ids[i].id, row));
        json_object(&j, NULL);
        TRY(own->members(c, &j, row, ids[i].second));
        json_end(&j, '}');
        (void)sync_add(out, &(struct sync_row){ own->entity, ids[i].id,
                                                entity_row(own->entity, row)->version,
                                                buf_sv(&b) });
    }
    return ERR_NONE;
}
