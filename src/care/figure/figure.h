/*
 * figure.h - 今日一览: the numbers one needs before the meeting, worst first, each with its
 * definition (口径), its moment and a link to the very rows it counts.
 *
 * A module declares indicators as a table. An indicator is one purpose query over one scope range
 * (:low, :high), asked once for each range of the caller and added up. Its first column is the
 * value; of a share it is the numerator and the second the whole. Further columns are its parts.
 *
 * Every query may use these, and every list link names them in braces:
 *     today, yesterday   days              minute, late     of the day: now, now less the grace
 *     waiting            moment (ms)       soon             today and the days papers still have
 *     near               today and figure.near_days behind it
 *     month_ago          thirty days before today (in lists)
 *     before_yesterday   (in lists)
 *     meal_items         the catalogue's meals, comma between (in lists)
 * A definition names parameters in braces; it is read with their values.
 *
 * An organisation has figures of its own (`of_org`): each counts the rows of its list, which are
 * the organisation's by the entity's own rule, and needs no query.
 */
#ifndef CARE_FIGURE_H
#define CARE_FIGURE_H

#include "care/division/division.h"
#include "model/entity.h"

enum { FIGURE_PARTS_MAX = 6 };

/* A number beside the value. The query's columns stand in the order of the parts. */
struct indicator_part {
    const char *key, *zh, *en;
    const char *list; /* query string, another entity's behind "its_name?"; NULL: none */
};

struct indicator {
    const char *key, *zh, *en;
    const char *unit_zh, *unit_en;
    const char *definition_zh, *definition_en;
    const struct sql *sql;
    const char *entity; /* whose generic list shows the rows */
    const char *list;   /* its query string: exactly the rows counted */
    int64_t bit;        /* :bit of the query, where one serves several kinds */
    const struct sql *as_of; /* NULL: counted now; else when what it counts was worked out (ms) */
    /* Parameters: at or above (a share: at or below) them the state is watch or bad. NULL: never.
     */
    const char *watch, *bad;
    int judged;  /* what they are compared with: 0 the value, 1 its first part, … (no share) */
    bool of_org; /* counts `list` for who works for an organisation; no sql, no share */
    bool share;  /* per cent, high is good */
    int per;     /* a share counted by so many instead of by the hundred; 0: per cent */
    bool by_day; /* of yesterday: also asked for the same day a week before */
    bool by_division; /* cannot wait: a column of the table of divisions (divisions.c), and first */
    struct indicator_part parts[FIGURE_PARTS_MAX + 1]; /* ends with { 0 } */
};

/*
 * The words in braces that a declared list may use, for one moment and one area; figure_list()
 * writes the query string with them filled in, false when one is unknown.
 */
struct figure_when {
    struct day today;
    int64_t minute, late;          /* of the day: now, now less the grace */
    int64_t soon, near;            /* day numbers */
    struct moment waiting;
    struct sv meal_items;
};
MUST enum err figure_when_of(struct ctx *c, int64_t scope, struct figure_when *ret_when);
bool figure_list(struct buf *b, const struct figure_when *w, const char *list);

enum figure_state { FIGURE_GOOD, FIGURE_WATCH, FIGURE_BAD };
extern const struct choice figure_states[];

struct figure_part {
    struct sv key, name;
    int64_t value;
    struct sv list;
};

/* One number as it is answered. */
struct figure {
    struct sv key, name, definition, unit;
    double value;
    struct sv text;       /* as shown: "12", "97.3%", "—" when there was nothing */
    struct opt_int whole; /* of a share: of how many */
    struct sv compare;    /* "一周前 96.0%"; "" when not asked */
    int state;
    struct moment as_of; /* when it was worked out; unknown: counted now, or never yet */
    struct sv list; /* "" when the caller may not see the rows */
    struct list parts;
    bool today; /* what cannot wait stands before what is only bad (in no answer) */
};
extern const struct field figure_fields[];

/*
 * All indicators of all modules for the caller, worst first. `division` 0: all that the caller
 * answers for; who works for an organisation has that organisation's. `about`: only those that
 * count rows of the entity of that name; "" all. ERR_MISSING when the division lies outside,
 * ERR_FORBIDDEN for callers with neither area nor organisation.
 */
MUST enum err figures_of(struct ctx *c, int64_t division, struct sv about,
                         struct list *ret_figures);

/*
 * The ranges that figures of a division (0: all that the caller answers for) add up; errors as
 * above. `narrowed`: it is less than her own, so the lists behind must say so.
 */
struct figure_area { struct scope_range range[WHO_RANGES_MAX]; size_t n; bool narrowed; };
MUST enum err figure_area_of(struct ctx *c, int64_t division, struct figure_area *ret_area);

/* One indicator over one range, added to `sums`; how it stands by the parameters of a scope. */
enum { FIGURE_COLUMNS_MAX = FIGURE_PARTS_MAX + 2 };
MUST enum err figure_ask(struct ctx *c, const struct indicator *k, const struct figure_when *w,
                         struct scope_range in, int64_t *sums);   /* FIGURE_COLUMNS_MAX */
MUST enum err figure_judge(struct ctx *c, const struct indicator *k, int64_t scope, struct day day,
                           const int64_t *sums, int *ret_state);

/* What it counts (口径), in the caller's language, with the parameters that hold there that day. */
MUST enum err figure_definition(struct ctx *c, const struct indicator *k, int64_t scope,
                                struct day day, struct sv *ret_text);

/* What the sums say, as a number and as shown: "12", "97.3%", "33.8", "—" of nobody. */
double figure_value(const struct indicator *k, const int64_t *sums);
struct sv figure_text(struct arena *mem, const struct indicator *k, const int64_t *sums);

extern const struct module figure_module;

#endif
