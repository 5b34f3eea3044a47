/* known.c - finding one elder by name and number. */

#include "care/elder/known.h"

#include "model/seal/seal.h"

SQL(elder_by_number);
SQL(elders_by_phone);

enum { SHARED_MAX = 10 };      /* people on one telephone number */

MUST static enum err same_name(struct ctx *c, int64_t id, struct sv name, struct elder *ret_elder,
                               bool *ret_same)
{
    bool found;
    TRY(entity_load(c, &elder_entity, id, ret_elder, &found));
    *ret_same = found && sv_eq(ret_elder->name, sv_trim(name));
    return ERR_NONE;
}

MUST static enum err by_number(struct ctx *c, struct elder_said said, struct elder *ret_elder,
                               bool *ret_found)
{
    int64_t id;
    struct sv normal = seal_normal(&c->mem, MASK_ID, said.id_number);
    struct sv key = seal_index(c, "elder", "id_number", "key", normal);
    TRY(db_int(c, &sql_elder_by_number, PARAMS(P_TEXT("key", key)), &id));
    return id ? same_name(c, id, said.name, ret_elder, ret_found) : ERR_NONE;
}

MUST static enum err by_phone(struct ctx *c, struct elder_said said, struct elder *ret_elder,
                              bool *ret_found)
{
    int64_t ids[SHARED_MAX];
    size_t n = 0;
    struct sv normal = seal_normal(&c->mem, MASK_PHONE, said.phone);
    struct sv key = seal_index(c, "elder", "phone", "key", normal);
    struct rows r = db_rows(c, &sql_elders_by_phone, PARAMS(P_TEXT("key", key)));
    while (n < SHARED_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n && !*ret_found; i++)
        TRY(same_name(c, ids[i], said.name, ret_elder, ret_found));
    return ERR_NONE;
}

enum err elder_known(struct ctx *c, struct elder_said said, struct elder *ret_elder,
                     bool *ret_found)
{
    *ret_found = false;
    if (said.id_number.len == 0 && said.phone.len == 0) {
        fail_field(c, SV("id_number"), "elder.needs_one");
        return fail_fields(c);
    }
    return said.id_number.len ? by_number(c, said, ret_elder, ret_found)
                              : by_phone(c, said, ret_elder, ret_found);
}
