/* choose.c - does a place fit what was asked? */

#include "care/near/ask.h"
#include "care/near/name/where.h"

/* --- open? --- */

bool place_shut(const struct listed_place *p, struct day day)
{
    return p->closed_on && day.n >= p->closed_on && day.n <= p->closed_until;
}

struct near_opening *near_openings(struct arena *mem)
{
    struct near_opening *at = NEW(mem, struct near_opening, NEAR_OPENINGS + 1);
    at[NEAR_OPENINGS].word = "closed_today";
    return at;
}

struct near_opening *near_open(const struct directory *d, uint32_t place,
                               const struct near_want *want)
{
    uint32_t opens = d->opens[place] & ~OPENS_BUT;
    struct near_opening *o = &want->openings[opens % NEAR_OPENINGS];
    if ((d->opens[place] & OPENS_BUT) && place_shut(&d->place[place], day_of(want->at)))
        return &want->openings[NEAR_OPENINGS];
    if (o->hours == opens + 1)
        return o;
    const struct hours *h = &d->hours[opens];
    *o = (struct near_opening){ .hours = opens + 1 };
    if (h->known)
        o->state = hours_at(h, &d->calendar, want->at);
    o->word = hours_word(h, &o->state, want->at);
    return o;
}

/* --- what it is --- */

static bool offers_item(const struct directory *d, const struct listed_place *p, int64_t item)
{
    for (uint32_t i = 0; i < p->offers_n; i++)
        if (d->offer[p->first_offer + i].item == item)
            return true;
    return false;
}

static bool named(const struct directory *d, const struct near_want *w, uint32_t place)
{
    size_t low = 0, high = w->names_n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->names[middle] < place)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < w->names_n && w->names[low] == place)
        return true;
    for (size_t i = 0; i < w->items_n; i++)
        if (offers_item(d, &d->place[place], d->item[w->items[i]].id))
            return true;
    return false;
}

bool near_is(const struct directory *d, const struct near_want *w, uint32_t place)
{
    uint32_t tags = d->tags[place];
    if ((w->kinds && !(tags >> TAG_KIND & w->kinds & 0x7FFF)) ||
        (w->doors && !(tags >> TAG_DOOR & w->doors & 0xF)) ||
        (w->categories && !(tags >> TAG_CATEGORY & w->categories)))
        return false;
    return !w->item || offers_item(d, &d->place[place], w->item);
}

/* --- what it is chosen by --- */

/* The bands meet; a place that has not said its price meets none. */
static bool priced(const struct listed_care *k, const struct near_asked *q)
{
    int64_t high = k->price_high > k->price_low ? k->price_high : k->price_low;
    return k->price_low && (!q->price_max.fen || k->price_low <= q->price_max.fen) &&
           high >= q->price_min.fen;
}

static bool rated(const struct listed_care *k, const struct near_asked *q)
{
    return k->rating && (!q->rating_scheme || k->scheme == q->rating_scheme) &&
           (!q->rating.known || k->rating >= q->rating.n);
}

static bool passes(const struct directory *d, const struct near_want *w, uint32_t place,
                   enum near_filter filter)
{
    const struct near_asked *q = w->care;
    const struct listed_care *k = &d->care[place];
    switch (filter) {
    case FILTER_WITHIN: return division_holds(w->area->scope, d->place[place].scope);
    case FILTER_MODE: return q->operation_mode.bits >> k->mode & 1;
    case FILTER_LEVEL: return (k->levels & q->level.bits) == q->level.bits;
    case FILTER_BEDS: return k->beds > 0;
    case FILTER_PRICE: return priced(k, q);
    case FILTER_RATING: return rated(k, q);
    case FILTER_MEDICAL: return q->medical.bits >> k->medical & 1;
    case FILTER_ACCESSIBLE: return (k->accessible & q->accessible.bits) == q->accessible.bits;
    case FILTER_OPEN: return near_open(d, place, w)->state.open;
    case FILTER_WORDS: return named(d, w, place);
    case FILTER_MINUTES:
    case NEAR_FILTERS: break;
    }
    return true;
}

unsigned near_misses(const struct directory *d, const struct near_want *w, uint32_t place)
{
    unsigned misses = 0;
    for (unsigned left = w->asked; left; left &= left - 1) {
        int filter = __builtin_ctz(left);
        if (!passes(d, w, place, (enum near_filter)filter))
            misses |= 1u << filter;
    }
    return misses;
}
