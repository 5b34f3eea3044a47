/* improve.c - better choices: greedy, the best swap again and again, random kicks. */

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")                   /* what GCC needs to make vectors of loops */
#endif

#include "plan/site/inside.h"

struct move { double change; uint32_t in, slot; };

static bool may_open(const struct choice *s, uint32_t site)
{
    return !s->open[site] && s->p->state[site] == SITE_FREE;
}

/* What the objective becomes less than this for is rounding. */
static double least_gain(const struct choice *s)
{
    return 1e-9 * (1 + s->cost);
}

/* --- greedy --- */

void choice_greedy(struct choice *s)
{
    const struct siting *p = s->p;
    for (;;) {
        uint32_t best = NO_SITE;
        double most = 0;
        for (uint32_t i = 0; i < p->sites; i++) {
            double gain = s->gain[i] - p->fixed[i];
            if (!may_open(s, i) || gain <= least_gain(s)
                || (p->budget != NO_BUDGET && p->price[i] > p->budget - s->spent))
                continue;
            gain /= p->budget != NO_BUDGET && p->price[i] > 0 ? (double)p->price[i] : 1;
            if (gain > most) {
                most = gain;
                best = i;
            }
        }
        if (best == NO_SITE)
            return;
        choice_open(s, best);
    }
}

/* --- swaps --- */

/* What closing each slot's site adds, INFINITY where there is none or it must stay. */
static void look_at_slots(struct choice *s)
{
    for (uint32_t k = 0; k < s->high; k++) {
        uint32_t i = s->at[k];
        bool stays = i == NO_SITE || s->p->state[i] == SITE_OPEN;
        s->close[k] = stays ? INFINITY : s->loss[k] - s->p->fixed[i];
    }
}

/* The cheapest slot to close when `site` opens, if all prices are the same. */
static double least_close(const struct choice *s, uint32_t site)
{
    const double *extra = s->extra + (size_t)site * s->slots, *close = s->close;
    double least = INFINITY;
    for (uint32_t k = 0; k < s->high; k++)
        least = close[k] - extra[k] < least ? close[k] - extra[k] : least;
    return least;
}

static void try_site(const struct choice *s, uint32_t site, int64_t left, struct move *best)
{
    const struct siting *p = s->p;
    double open = p->fixed[site] - s->gain[site];
    if (p->price[site] <= left && open < best->change)
        *best = (struct move){ open, site, NO_SITE };
    if (open + least_close(s, site) >= best->change)
        return;
    const double *extra = s->extra + (size_t)site * s->slots;
    for (uint32_t k = 0; k < s->high; k++)
        if (open + s->close[k] - extra[k] < best->change
            && p->price[site] - p->price[s->at[k]] <= left)
            *best = (struct move){ open + s->close[k] - extra[k], site, k };
}

static struct move best_move(struct choice *s)
{
    const struct siting *p = s->p;
    struct move best = { -least_gain(s), NO_SITE, NO_SITE };
    int64_t left = p->budget == NO_BUDGET ? INT64_MAX : p->budget - s->spent;
    look_at_slots(s);
    for (uint32_t k = 0; k < s->high; k++)
        if (s->close[k] < best.change)
            best = (struct move){ s->close[k], NO_SITE, k };
    for (uint32_t i = 0; i < p->sites; i++)
        if (may_open(s, i))
            try_site(s, i, left, &best);
    return best;
}

void choice_descend(struct choice *s)
{
    for (;;) {
        struct move m = best_move(s);
        if (m.in == NO_SITE && m.slot == NO_SITE)
            return;
        if (m.slot != NO_SITE)
            choice_close(s, s->at[m.slot]);
        if (m.in != NO_SITE)
            choice_open(s, m.in);
    }
}

/* --- kicks --- */

/* An open site that may close, at random; NO_SITE: there is none. */
static uint32_t any_open(struct choice *s)
{
    if (s->high == 0)
        return NO_SITE;
    uint32_t from = (uint32_t)choice_random(s, s->high);
    for (uint32_t k = 0; k < s->high; k++) {
        uint32_t i = s->at[(from + k) % s->high];
        if (i != NO_SITE && s->p->state[i] == SITE_FREE)
            return i;
    }
    return NO_SITE;
}

/* A site that serves a client who is picked at random, among its cheapest. */
static uint32_t any_closed(struct choice *s)
{
    const struct siting *p = s->p;
    if (p->clients == 0)
        return NO_SITE;
    uint32_t j = (uint32_t)choice_random(s, p->clients);
    size_t links = p->first[j + 1] - p->first[j], most = 12;
    if (links == 0)
        return NO_SITE;
    uint32_t i = p->link[p->first[j] + choice_random(s, links < most ? links : most)].site;
    return may_open(s, i) ? i : NO_SITE;
}

void choice_kick(struct choice *s, uint32_t strength)
{
    const struct siting *p = s->p;
    for (uint32_t n = 0; n < strength; n++) {
        uint32_t in = any_closed(s);
        if (in == NO_SITE)
            continue;
        while (p->budget != NO_BUDGET && p->price[in] > p->budget - s->spent) {
            uint32_t out = any_open(s);
            if (out == NO_SITE)
                return;
            choice_close(s, out);
        }
        choice_open(s, in);
    }
}
