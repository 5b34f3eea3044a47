/* finding.h - a search on its way; for find.c, numbers.c and condition.c. */
#ifndef MODEL_SEARCH_FINDING_H
#define MODEL_SEARCH_FINDING_H

#include "model/inside.h"
#include "model/search/inside.h"

enum { BUCKETS_MAX = 400 };

/* A word with what it looks up. */
struct word { struct sv text; struct probes probes; };
struct words { struct word *at, whole; size_t n; };

/* The index's share of what a caller sees: one range, in these districts. */
struct run { struct scope_range range; int64_t *bucket; size_t buckets; };
struct runs { struct run at[WHO_RANGES_MAX + 1]; size_t n; };

struct finding {
    struct ctx          *c;
    const struct entity *e;
    struct view          view;
    struct runs          runs;
    bool                 by_condition;       /* rows of a large view, in all districts */
    size_t               max;
    struct search_hits  *hits;
    size_t               room;
};

/* The words of a text, folded, and all of it as one. */
void words_of(struct arena *mem, struct sv text, struct words *w);

/* What a masked name shows may be looked for by everybody, more only by who may see it whole. */
bool words_allowed(struct ctx *c, const struct entity *e, const struct words *w);

/* The caller's view; *ret_may false where she reads none of it, which is no failure here. */
MUST enum err view_may(struct ctx *c, const struct entity *e, struct view *v, bool *ret_may);

/* The districts of the caller's ranges, or of all. */
MUST enum err runs_of(struct finding *f);

/* Hits of one word, the best first until there are more than are wanted. */
MUST enum err by_index(struct finding *f, const struct word *w);

/* Rows whose number (.search_whole) the text is: as it was typed, or in narrow capitals. */
MUST enum err by_whole(struct finding *f, struct sv text);

/* More rows than are wanted, each counted once, that meet so well or better. */
bool enough(const struct finding *f, int rank);

/* " AND key …" */
void build_key_range(struct ctx *c, struct build *b, const struct probe *p);

void hit_add(struct finding *f, struct search_hit hit);
void hits_settle(struct finding *f);             /* the best in order, each row once */

#endif
