/*
 * ask.h - the question "what is near, on foot, that this person may use", and its answer.
 */
#ifndef CARE_NEAR_ASK_H
#define CARE_NEAR_ASK_H

#include "care/near/directory.h"
#include "http/http.h"

enum { NEAR_SIZE_MAX = 100, NEAR_OFFSET_MAX = 1000, NEAR_MINUTES_MAX = 120,
       NEAR_MINUTES_DEFAULT = 15, NEAR_LIMIT_DEFAULT = 20, NEAR_MATCHES_MAX = 400 };

/* ?lat=&lon=… of /api/near, /api/circle and /api/route. */
struct near_asked {
    struct degrees lat, lon;
    struct compound_id compound;
    struct division_id division;
    struct place_id place;
    int            door, profile;
    struct sv      kind, category, q;
    struct catalogue_item_id item;
    struct opt_int minutes, limit, offset;
    bool           open, streets;
    struct moment  at;
    struct division_id within;         /* only what stands in this division */
    bool           all;                /* also what is too far to walk; implied without a home */
    int            sort;               /* enum near_sort */
    struct set     operation_mode, medical;      /* one of these */
    struct set     level, accessible;  /* all of these */
    bool           beds;               /* a bed is free */
    bool           serves;             /* and which station serves this home */
    struct money   price_min, price_max;         /* a month; 0: not asked */
    int            rating_scheme;
    struct opt_int rating;             /* at least */
};

enum near_sort { SORT_WALK, SORT_PRICE, SORT_LEVEL, SORT_BEDS, SORT_NAME };

/* What may leave a place out; an empty answer says which of them to loosen. */
enum near_filter {
    FILTER_MINUTES, FILTER_WITHIN, FILTER_MODE, FILTER_LEVEL, FILTER_BEDS, FILTER_PRICE,
    FILTER_RATING, FILTER_MEDICAL, FILTER_ACCESSIBLE, FILTER_OPEN, FILTER_WORDS, NEAR_FILTERS
};
extern const char *const near_filters[NEAR_FILTERS];       /* their parameters' names */

extern const struct field near_asked_fields[];

/* Where a walk begins: one point, or each gate of a compound that is open. */
struct near_home {
    struct sv     name;
    struct point  at;
    int64_t       scope;               /* of the compound or division; 0: a bare point */
    struct anchor from[NEAR_GATES_MAX];
    size_t        n;                   /* 0: no street near */
};

/* ERR_INVALID when no home is named, ERR_MISSING for an unknown compound or division. */
bool near_home_named(const struct near_asked *q);
MUST enum err near_home(struct ctx *c, const struct directory *d, const struct near_asked *q,
                        enum profile profile, struct moment at, struct near_home *ret_home);

/* Too far to walk: NEAR_FAR and the straight metres (0 without a home), so it sorts behind. */
#define NEAR_FAR 0x80000000u
struct near_hit { uint32_t place, ms, rank; };       /* rank: where it stands; sink.c */

/*
 * What an hours text says at the moment asked about, worked out once a request: the places of a
 * city share a few dozen of them. The last row is for places that are closed for now.
 */
struct near_opening {
    uint32_t           hours;          /* + 1; 0: empty */
    struct hours_state state;
    const char        *word;           /* of the API */
    struct sv          text;           /* the sentence; "" until near_opening_text() */
};
enum { NEAR_OPENINGS = 64 };
struct near_opening *near_openings(struct arena *mem);

/* What is wanted, worked out once. */
struct near_want {
    enum profile   profile;
    uint32_t       limit_ms, tags;     /* any of these bits for the search … */
    uint32_t       kinds, doors, categories;    /* … and one of each group that is not 0 */
    int64_t        item;
    bool           open_only, by_name, all;
    unsigned       asked;              /* a bit per enum near_filter */
    enum near_sort sort;
    const struct near_asked *care;     /* what an institution is chosen by */
    const struct listed_division *area;          /* of `within`; NULL: not asked */
    struct moment  at;
    int32_t        today;              /* day of `at` */
    const uint32_t *names;             /* places the words lead to, in order */
    size_t         names_n;
    const uint32_t *items;             /* items the words lead to */
    size_t         items_n;
    size_t         offset, size;
    struct near_opening *openings;     /* near_openings() */
};
MUST enum err near_want_of(struct ctx *c, const struct directory *d, const struct near_asked *q,
                           struct near_want *ret_want);

/*
 * The hits from offset on, nearest first, at most want->size. *ret_more: there may be others
 * behind; else *ret_total is how many there are in all.
 */
struct near_hits { struct near_hit *at; size_t n, total; bool more; };
struct near_hits near_find(struct arena *mem, struct directory *d, const struct near_home *home,
                           const struct near_want *want);

/* Is it of the kind, door, category and item that are wanted? These are never loosened. */
bool near_is(const struct directory *d, const struct near_want *w, uint32_t place);

/* The filters asked for that leave the place out; that of minutes is the search's own. */
unsigned near_misses(const struct directory *d, const struct near_want *w, uint32_t place);

/* Is it open at want->at: from want->openings, which remembers. */
struct near_opening *near_open(const struct directory *d, uint32_t place,
                               const struct near_want *want);

/*
 * Nobody has verified it for so long that it stands behind what is fresh, as if it were
 * text->sink_min minutes farther away (parameters near.sink_*).
 */
static inline bool near_sinks(const struct directory *d, const struct near_want *w, uint32_t place)
{
    const struct listed_text *t = &d->text[place];
    return t->sink_min && w->today > t->due_on + t->sink_after;
}

/* Where a hit stands in the order of walking: its time, or NEAR_FAR and metres, and the sinking. */
uint32_t near_rank_of(const struct directory *d, const struct near_want *w,
                      const struct near_hit *hit);

/* Writes one hit as an object: a member, or with a NULL name of the open array. */
void near_item_json(struct json *j, const char *name, const struct directory *d,
                    const struct near_hit *hit, const struct near_want *want, enum lang lang);

/* Members profile, profile_name and speed; and the member home. */
void near_pace_json(struct json *j, enum profile profile, enum lang lang);
void near_home_json(struct json *j, const struct near_home *home);

/* 步行 6 分钟 · 420 米; 开车 6 分钟 · 约 2000 米 */
void near_minutes_text(struct buf *b, enum profile profile, uint32_t ms, enum lang lang);
struct sv near_by(enum profile profile, enum lang lang);         /* 步行, 骑车, 开车 */
int64_t near_metres(enum profile profile, uint32_t ms);          /* on wheels about */

/* The endpoints' functions, in near.c and map.c. */
endpoint_fn near_get, circle_get, route_get, tile_get;

#endif
