/* nearest.c - GET /api/nearest: the nearest few places of each kind, by walking time. */

#include "care/reach/reach.h"

#include "base/messages.h"
#include "care/near/scratch.h"
#include "care/place/place.h"

/* The best of one kind, nearest first; a place is there once, by its best gate. */
struct best { uint32_t n, place[NEAREST_K_MAX], ms[NEAREST_K_MAX]; };

struct nearest {
    const struct directory *d;
    const struct near_want *want;
    uint32_t    k;
    struct best best[PLACE_KINDS];
};

static bool open_today(const struct listed_place *p, int32_t today)
{
    int32_t until = p->closed_until ? p->closed_until : p->closed_on;
    return p->closed_on == 0 || p->closed_on > today || until < today;
}

static void take_out(struct best *b, uint32_t at)
{
    b->n--;
    for (uint32_t i = at; i < b->n; i++) {
        b->place[i] = b->place[i + 1];
        b->ms[i] = b->ms[i + 1];
    }
}

/* False when it is farther than the k there are. */
static bool put_in(struct best *b, uint32_t k, uint32_t place, uint32_t ms)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (b->place[i] == place) {
            if (b->ms[i] <= ms)
                return true;
            take_out(b, i);
            break;
        }
    if (b->n == k && ms >= b->ms[k - 1])
        return false;
    if (b->n == k)
        b->n--;
    uint32_t at = b->n++;
    for (; at > 0 && b->ms[at - 1] > ms; at--) {
        b->place[at] = b->place[at - 1];
        b->ms[at] = b->ms[at - 1];
    }
    b->place[at] = place;
    b->ms[at] = ms;
    return true;
}

static void look_from(struct nearest *q, struct near *near, const struct anchor *gate,
                      uint32_t kinds)
{
    uint32_t place, ms, left = kinds;
    near_begin(near, q->want->profile, gate, q->want->limit_ms, kinds << TAG_KIND);
    while (left && near_next(near, &place, &ms)) {
        uint8_t kind = q->d->kind[place];
        if (open_today(&q->d->place[place], q->want->today) &&
            !put_in(&q->best[kind], q->k, place, ms))
            left &= ~(1u << kind);
    }
}

static void write_place(struct ctx *c, struct json *j, const struct nearest *q, int kind,
                        uint32_t rank)
{
    const struct best *b = &q->best[kind];
    const struct listed_place *p = &q->d->place[b->place[rank]];
    json_object(j, NULL);
    json_text(j, "kind", sv_of(place_kinds[kind].key));
    json_text(j, "kind_name",
              sv_of(choice_named(&place_kinds[kind], c->lang)));
    json_int(j, "rank", rank + 1);
    json_id(j, "place", p->id);
    json_text(j, "name", p->name);
    json_fixed(j, "lat", p->at.lat_e7, 7);
    json_fixed(j, "lon", p->at.lon_e7, 7);
    json_int(j, "seconds", (b->ms[rank] + 500) / 1000);
    json_end(j, '}');
}

static void write_answer(struct ctx *c, struct json *j, const struct nearest *q, uint32_t kinds)
{
    const struct profile_info *pace = &profiles[q->want->profile];
    json_text(j, "profile", sv_of(pace->key));
    json_text(j, "profile_name", sv_of(c->lang == LANG_EN ? pace->en : pace->zh));
    json_int(j, "minutes", q->want->limit_ms / 60000);
    json_array(j, "items");
    for (int kind = 0; kind < PLACE_KINDS; kind++)
        for (uint32_t i = 0; i < q->best[kind].n; i++)
            write_place(c, j, q, kind, i);
    json_end(j, ']');
    json_array(j, "none");
    for (int kind = 0; kind < PLACE_KINDS; kind++)
        if ((kinds >> kind & 1) && q->best[kind].n == 0)
            json_text(j, NULL, sv_of(place_kinds[kind].key));
    json_end(j, ']');
}

MUST static enum err nearest_with(struct ctx *c, struct directory *d, const struct near_asked *q,
                                  struct answer *a)
{
    struct near_want want;
    struct near_home home;
    struct near_scratch *lent;
    TRY(near_want_of(c, d, q, &want));
    TRY(near_home(c, d, q, want.profile, want.at, &home));
    struct nearest *n = NEW(&c->mem, struct nearest, 1);
    uint32_t kinds = want.kinds ? want.kinds : (1u << PLACE_KINDS) - 1;
    struct near *near = scratch_borrow(&c->mem, d, &lent);
    if (!near)
        return fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
    n->d = d;
    n->want = &want;
    n->k = q->limit.known ? (uint32_t)q->limit.n : NEAREST_K_DEFAULT;
    n->k = n->k < NEAREST_K_MAX ? n->k : NEAREST_K_MAX;
    for (size_t i = 0; i < home.n; i++)
        look_from(n, near, &home.from[i], kinds);
    scratch_return(lent);
    write_answer(c, &a->json, n, kinds);
    return ERR_NONE;
}

enum err nearest_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = nearest_with(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}
