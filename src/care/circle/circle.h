/*
 * circle.h - what a home has within a quarter of an hour on foot (一刻钟服务圈), in words.
 *
 * GET /api/circle draws the area; here is what stands in it: of each kind how many and how near,
 * and which of the kinds that the city promises (parameter circle.promised) are missing, with how
 * far one has to go instead. Open to everybody; the home is a compound, a division or a point that
 * the caller names, and nothing is kept. A place counts where /api/near shows it, unless it is
 * closed today: such are told apart.
 *
 * GET /api/circle/people is for staff: how many elders of their own area live inside. It goes by
 * the 100 m cell of each home, never by the home itself, and numbers under PEOPLE_FEW are not told:
 * not in the sum and not in a part, nor one part alone that the others would give away.
 */
#ifndef CARE_CIRCLE_H
#define CARE_CIRCLE_H

#include "care/near/ask.h"

enum { AROUND_PLACES_MAX = 5000, AROUND_K_DEFAULT = 3, AROUND_K_MAX = 20, AROUND_FAR_MINUTES = 60,
       PEOPLE_FEW = 10, PEOPLE_MINUTES_MAX = 60 };

/* What stands around of one kind; hits of `around.hits`, nearest first. */
struct around_kind { bool promised; uint32_t n, open; size_t *hit; struct near_hit beyond; };

struct around {
    const struct directory *d;
    const struct near_want *want;
    struct near_hits        hits;
    struct around_kind      kind[PLACE_KINDS];
    size_t                 *shut, shut_n;        /* hits that are closed today */
    enum lang               lang;
};

/* 有 3 个养老助餐点，最近的 6 分钟 / 没有药店，最近的要走 22 分钟 */
struct sv around_kind_text(struct arena *mem, const struct around *a, int kind);

/* The whole in one paragraph: first what there is of the promised kinds, then what is missing. */
struct sv around_words(struct arena *mem, const struct around *a);

extern const struct field around_gives[], people_gives[];
endpoint_fn around_get, people_get;

extern const struct module circle_module;

#endif
