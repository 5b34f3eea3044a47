/*
 * keep.c - days that were asked for, kept in memory while they hold.
 *
 * A day is immutable and shared; it holds as long as the database gives the same stamp (and, today,
 * for the minute: what has begun by then is pinned). DAYS_MAX are kept, the one unused longest
 * goes. A day made on top of writes that are not committed is kept by nobody.
 */

#include "care/dispatch/day/day.h"

#include "care/dispatch/dispatch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { DAYS_MAX = 48 };

struct kept { struct the_day *day; int users; uint64_t used; };

struct dispatch_days {
    pthread_mutex_t lock;
    struct kept     at[DAYS_MAX];
    uint64_t        clock;
};

struct dispatch_days *dispatch_days_new(struct arena *mem)
{
    struct dispatch_days *k = NEW(mem, struct dispatch_days, 1);
    pthread_mutex_init(&k->lock, NULL);
    return k;
}

/* --- what is said of it --- */

struct said { size_t n; char text[]; };
struct day_said { _Atomic(struct said *) of[LANG_EN + 1]; };

struct sv day_said(const struct the_day *d, enum lang lang)
{
    const struct said *s = d->said ? atomic_load(&d->said->of[lang]) : NULL;
    return s ? (struct sv){ s->text, s->n } : SV("");
}

/* The first to have worked it out is kept: all come to the same. */
void day_say(const struct the_day *d, enum lang lang, struct sv text)
{
    struct said *none = NULL, *s = block_take(sizeof *s + text.len);
    s->n = text.len;
    memcpy(s->text, text.at, text.len);
    if (!d->said || !atomic_compare_exchange_strong(&d->said->of[lang], &none, s))
        block_free(s);
}

static void end_day(struct the_day *d)
{
    for (int i = 0; d->said && i <= LANG_EN; i++)
        block_free(atomic_load(&d->said->of[i]));
    arena_free(&d->mem);
    block_free(d);
}

void dispatch_days_end(struct dispatch_days *k)
{
    if (!k)
        return;
    for (int i = 0; i < DAYS_MAX; i++)
        if (k->at[i].day)
            end_day(k->at[i].day);
    pthread_mutex_destroy(&k->lock);
}

/* --- under the lock --- */

static bool is_of(const struct the_day *d, struct organisation_id org, struct day day)
{
    return d && d->org.n == org.n && d->day.n == day.n;
}

static struct kept *holding(struct dispatch_days *k, const struct the_day *d)
{
    for (int i = 0; i < DAYS_MAX; i++)
        if (k->at[i].day == d)
            return &k->at[i];
    return NULL;
}

static struct the_day *use(struct dispatch_days *k, struct kept *s)
{
    s->users++;
    s->used = ++k->clock;
    return s->day;
}

static struct kept *unused_longest(struct dispatch_days *k)
{
    struct kept *found = NULL;
    for (int i = 0; i < DAYS_MAX; i++) {
        struct kept *s = &k->at[i];
        if (s->users == 0 && (!found || !s->day || (found->day && s->used < found->used)))
            found = s;
    }
    return found;
}

/* --- --- */

/* Of the same organisation, for its ways: this day's before any other's. */
static struct the_day *alike(struct dispatch_days *k, struct organisation_id org, struct day day)
{
    struct kept *found = NULL;
    pthread_mutex_lock(&k->lock);
    for (int i = 0; i < DAYS_MAX; i++)
        if (k->at[i].day && k->at[i].day->org.n == org.n &&
            (!found || is_of(k->at[i].day, org, day)))
            found = &k->at[i];
    struct the_day *d = found ? use(k, found) : NULL;
    pthread_mutex_unlock(&k->lock);
    return d;
}

static struct the_day *kept_day(struct dispatch_days *k, struct organisation_id org,
                                struct day day, struct sv stamp, int now_min)
{
    struct the_day *found = NULL;
    pthread_mutex_lock(&k->lock);
    for (int i = 0; i < DAYS_MAX && !found; i++)
        if (is_of(k->at[i].day, org, day) && sv_eq(k->at[i].day->stamp, stamp) &&
            k->at[i].day->now_min == now_min)
            found = use(k, &k->at[i]);
    pthread_mutex_unlock(&k->lock);
    return found;
}

/* Puts it in the place of what held that day before; false when there is no room. */
static bool keep(struct dispatch_days *k, struct the_day *d)
{
    struct the_day *gone = NULL;
    struct kept *at = NULL;
    pthread_mutex_lock(&k->lock);
    for (int i = 0; i < DAYS_MAX && !at; i++)
        if (is_of(k->at[i].day, d->org, d->day) && k->at[i].users == 0)
            at = &k->at[i];
    at = at ? at : unused_longest(k);
    if (at) {
        gone = at->day;
        *at = (struct kept){ .day = d };
        (void)use(k, at);
    }
    pthread_mutex_unlock(&k->lock);
    if (gone)
        end_day(gone);
    return at != NULL;
}

void day_leave(struct ctx *c, struct the_day *d)
{
    struct dispatch_days *k = c->house->dispatch;
    struct kept *s = NULL;
    if (!d)
        return;
    if (k) {
        pthread_mutex_lock(&k->lock);
        s = holding(k, d);
        if (s)
            s->users--;
        pthread_mutex_unlock(&k->lock);
    }
    if (!s)
        end_day(d);
}

enum err day_enter(struct ctx *c, struct organisation_id org, struct day day, bool fresh,
                   struct the_day **ret_day)
{
    struct dispatch_days *k = c->house->dispatch;
    struct day today = day_of(c->now);
    int now_min = day.n > today.n ? 0 : day.n < today.n ? MINUTES_A_DAY : minute_of(c->now);
    struct sv stamp;
    TRY(day_stamp(c, org, day, &stamp));
    struct the_day *d = k && !fresh ? kept_day(k, org, day, stamp, now_min) : NULL;
    if (d) {
        *ret_day = d;
        return ERR_NONE;
    }
    struct the_day *like = k ? alike(k, org, day) : NULL;
    d = block_take(sizeof *d);
    enum err e = day_make(c, org, day, like ? &like->ground : NULL, d);
    if (like)
        day_leave(c, like);
    if (e) {
        end_day(d);
        return e;
    }
    d->said = NEW(&d->mem, struct day_said, 1);
    if (k && !fresh)
        (void)keep(k, d);
    *ret_day = d;
    return ERR_NONE;
}
