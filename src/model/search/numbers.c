/* numbers.c - rows that a telephone or document number leads to. */

#include "model/search/finding.h"

bool search_is_number(struct sv word)
{
    size_t digits = 0;
    for (size_t i = 0; i < word.len; i++)
        digits += word.at[i] >= '0' && word.at[i] <= '9';
    bool tail = word.len == 4 && (digits == 4 || (digits == 3 && (word.at[3] | 0x20) == 'x'));
    return tail || (word.len >= 5 && word.len <= 30 && digits + 2 >= word.len && digits >= 5);
}

enum err search_numbers(struct ctx *c, const struct entity *e, struct sv number, size_t max,
                        struct search_hits *ret_hits)
{
    struct view v;
    bool may;
    struct search_hits hits = { .n = 0 };
    struct finding f = { .c = c, .e = e, .max = max, .hits = &hits };
    *ret_hits = hits;
    struct sv word = search_word(&c->mem, number);
    TRY(view_may(c, e, &v, &may));
    if (!may || !search_is_number(word))
        return ERR_NONE;
    for (const struct field *x = e->fields; x->kind != KIND_END; x++) {
        if (!x->search || x->class != SEALED || (word.len == 4 && !seal_last4(x)))
            continue;
        struct build b = build_new(c);
        build_sql(&b, "SELECT id FROM ");
        build_name(&b, e->name);
        build_sql(&b, " WHERE ended_at IS NULL AND ");
        build_blind(c, &b, e, x, word);
        build_view(c, &b, e, &v, false);
        build_sql(&b, " ORDER BY scope, id LIMIT ");         /* as the index of tails lies */
        build_int(&b, (int64_t)max + 1);
        struct rows r = build_rows(c, &b);
        while (rows_next(&r))
            hit_add(&f, (struct search_hit){ rows_int(&r, 0), 0, SV("") });
        TRY(rows_end(&r));
    }
    hits_settle(&f);
    *ret_hits = hits;
    return ERR_NONE;
}
