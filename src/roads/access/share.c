/* share.c - how many people have each kind of place within a limit, added up by area. */

#include "roads/access/share.h"

enum { RUN = 1024 };

static void add_one(struct share_sum *sum, uint32_t near, uint32_t kinds, uint32_t people,
                    bool loose)
{
    sum->homes++;
    sum->people += people;
    sum->loose += loose ? people : 0;
    for (uint32_t k = 0; k < kinds; k++) {
        uint32_t is = near >> k & 1;
        sum->homes_near[k] += is;
        sum->near[k] += is ? people : 0;
    }
}

static void add_run(const struct share_ask *q, uint32_t first, uint32_t n, const uint32_t *near,
                    struct share_sum *const *sum, struct share_sum *whole)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t home = q->home ? q->home[first + i] : first + i;
        bool loose = q->at[first + i].edge == NO_EDGE;
        for (uint32_t level = 0; level < q->levels; level++) {
            uint32_t area = q->area[level][home];
            if (area != UINT32_MAX)
                add_one(&sum[level][area], near[i], q->kinds, q->people[home], loose);
        }
        add_one(whole, near[i], q->kinds, q->people[home], loose);
    }
}

void share_add(const struct share_ask *q, struct share_sum *const *sum, struct share_sum *whole)
{
    near_entry nearest[RUN];
    struct net_spot spot[RUN];
    for (uint32_t first = 0; first < q->n; first += RUN) {
        uint32_t n = q->n - first < RUN ? q->n - first : RUN, near[RUN] = { 0 };
        for (uint32_t i = 0; i < n; i++)
            spot[i] = net_spot(q->net, &q->at[first + i]);
        for (uint32_t k = 0; k < q->kinds; k++) {
            near_all_ask_spots(q->kind[k], spot, q->at + first, n, nearest);
            for (uint32_t i = 0; i < n; i++)
                near[i] |= (uint32_t)(nearest[i] != NEAR_NONE) << k;
        }
        add_run(q, first, n, near, sum, whole);
    }
}

void share_join(struct share_sum *to, const struct share_sum *from)
{
    to->homes += from->homes;
    to->people += from->people;
    to->loose += from->loose;
    for (int k = 0; k < SHARE_KINDS_MAX; k++) {
        to->homes_near[k] += from->homes_near[k];
        to->near[k] += from->near[k];
    }
}
