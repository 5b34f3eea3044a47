/* elder_key.c - an elder's own key: made on first use, wrapped by the house's, destroyed by law. */

#include "model/inside.h"

#include <sodium.h>
#include <string.h>

SQL(elder_key_find);
SQL(elder_key_add);
SQL(elder_key_erase);

static struct seal_place place_of(int64_t elder)
{
    return (struct seal_place){ "elder_key", "wrapped", elder };
}

static enum err key_find(struct ctx *c, int64_t elder, struct elder_key *ret_key, bool *ret_found)
{
    struct rows r = db_rows(c, &sql_elder_key_find, PARAMS(P_INT("elder", elder)));
    bool found = rows_next(&r);
    struct sv wrapped = found ? rows_text(&r, 1) : SV("");
    bool erased = found && rows_value(&r, 2).type != VALUE_NULL;
    TRY(rows_end(&r));
    *ret_found = found;
    ret_key->erased = erased;
    if (!found || erased)
        return ERR_NONE;
    struct sv plain;
    struct seal_place at = place_of(elder);
    TRY(seal_open(c, &at, wrapped, &plain));
    if (plain.len != KEY_SIZE)
        return fail(c, ERR_BROKEN, "seal.broken", "the key of elder %lld has another size",
                    (long long)elder);
    memcpy(ret_key->bytes, plain.at, KEY_SIZE);
    return ERR_NONE;
}

enum err elder_key_get(struct ctx *c, int64_t elder, struct elder_key *ret_key)
{
    bool found;
    TRY(key_find(c, elder, ret_key, &found));
    if (found)
        return ERR_NONE;
    uint8_t fresh[KEY_SIZE];
    randombytes_buf(fresh, sizeof fresh);
    struct sv wrapped;
    struct seal_place at = place_of(elder);
    TRY(seal_value(c, &at, (struct sv){ (char *)fresh, sizeof fresh }, &wrapped));
    struct param list[] = { P_INT("elder", elder), { "wrapped", V_BLOB(wrapped) },
                            P_INT("now", c->now.ms) };
    TRY(db_run(c, &sql_elder_key_add, (struct params){ .list = list, .n = 3 }, NULL));
    TRY(key_find(c, elder, ret_key, &found));        /* another request's, when it was first */
    if (!found)
        return fail(c, ERR_BROKEN, "seal.broken", "the key of elder %lld is not there",
                    (long long)elder);
    return ERR_NONE;
}

enum err elder_key_erase(struct ctx *c, int64_t elder)
{
    return db_run(c, &sql_elder_key_erase, PARAMS(P_INT("elder", elder), P_INT("now", c->now.ms)),
                  NULL);
}
