/* codes.c - the door codes that hang in the homes the station goes to. */

#include "app/demo/demo.h"
#include "care/proof/door_code.h"

enum { ROUNDS = 6 };

static struct sv code_of(struct demo *d)
{
    static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    struct buf b = buf_new(&d->c->mem, DOOR_CODE_LENGTH + 1);
    for (int i = 0; i < DOOR_CODE_LENGTH; i++)
        buf_byte(&b, letters[dice_between(&d->dice, 0, (int)sizeof letters - 2)]);
    return buf_sv(&b);
}

static const struct organisation *station_of(const struct demo *d)
{
    size_t i = 0;
    while (d->orgs[i].kind != ORG_STATION)
        i++;
    return &d->orgs[i];
}

/* A few homes; in every sixth the new code is printed and not yet hung up. */
static enum err codes_hang(struct ctx *c, void *arg)
{
    struct demo *d = arg;
    const struct organisation *station = station_of(d);
    struct day from = { d->today.n - 12 }, to = { d->today.n + DEMO_AHEAD_DAYS };
    int64_t elders[CODES_DUE_MAX];
    size_t n;
    TRY(door_codes_due(c, station->id, from, to, elders, &n));
    for (size_t i = 0; i < n; i++) {
        struct door_code k;
        record_clear(door_code_fields, &k);
        k.elder.n = elders[i];
        k.org = station->id;
        k.row.scope = station->row.scope;
        k.code = code_of(d);
        k.valid_from = from;
        TRY(door_code_make(c, &k));
        if (i % 6) {
            k.state = CODE_HUNG;
            k.hung_on = from;
            k.hung_by = SV("老人本人");
        }
        TRY(entity_create_by_rule(c, &door_code_entity, &k));
    }
    return ERR_NONE;
}

enum err demo_codes(struct demo *d)
{
    for (int i = 0; i < ROUNDS; i++) {
        TRY(transaction(d->c, codes_hang, d));
        arena_reset(&d->c->mem);
    }
    return ERR_NONE;
}
