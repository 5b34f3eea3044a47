/*
 * list.h - pages of rows by declared filters and sorts, within what the caller sees.
 */
#ifndef MODEL_LIST_H
#define MODEL_LIST_H

#include "model/entity.h"

enum { LIST_SIZE_MAX = 200, LIST_TOTAL_MAX = 10000, LIST_FILTERS_MAX = 12 };

/*
 * One condition, over fields declared .filter, and over id, created_at and scope of all rows. op:
 * '=', '<' (≤), '>' (≥), 'i' (one of: values by comma), 's' (a set has one of them), 'n' (has no
 * value). SEALED fields: '=' only, whole or the last four of a phone or id number. A moment may be
 * asked by a day.
 */
struct filter { const struct field *field; char op; struct sv value; };

struct query {
    struct filter filters[LIST_FILTERS_MAX];
    size_t        filters_n;
    struct sv     search;          /* words for search keys; "" none */
    const struct sort *sort;       /* NULL: the first */
    bool          up;              /* the other way round */
    struct sv     after;           /* opaque key of the row before the page; "" first page */
    int64_t       size;            /* 0: 20 */
    bool          total;           /* count, exact to 10,000 */
    bool          ended;           /* with rows that have ended */
    const struct field *not_by;    /* LINK to an account: without the rows that are the caller's */
    const struct field *mine;      /* LINK to an account: only the caller's and nobody's */
    bool          to_answer;       /* rows go to entity_page_json and nowhere else: what no answer
                                      shows (SECRET, hidden) is not opened, it reads as absent */
};

struct page {
    void     *rows;                /* n structs of the entity */
    size_t    n;
    struct sv next;                /* "" on the last page */
    int64_t   total;               /* -1: not asked; 10,001: more than 10,000 */
};
/* Rows without a value in the sort column come last in either direction. */
MUST enum err entity_list(struct ctx *c, const struct entity *e, const struct query *q,
                          struct page *ret_page);

/* How many rows the list has, counted as far as `max`; rights and scope as above. */
MUST enum err entity_count(struct ctx *c, const struct entity *e, const struct query *q,
                           int64_t max, int64_t *ret_n);

/*
 * Reads ?name=v&name.from=v&name.to=v&name.in=a,b&name.none=1&q=&sort=-name&after=&size=&total=1
 * &ended=1 into a query. "-" turns the sort's own direction round. Anything else is a fault of that
 * name.
 */
MUST enum err query_read(struct ctx *c, const struct entity *e, struct sv query_string,
                         struct query *ret_query);

#endif
