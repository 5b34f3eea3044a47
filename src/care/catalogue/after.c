/* after.c - what a service waits for: checked, and as a sentence. */

#include "care/catalogue/after.h"

void after_check(struct ctx *c, const struct after *a)
{
    if (!a->item.n && (a->least_min || a->most_min))
        fail_field(c, SV("after_item"), "catalogue.after_which");
    if (a->most_min && a->most_min < a->least_min)
        fail_field(c, SV("gap_most_min"), "catalogue.gap_backwards");
}

bool after_fits(const struct after *a, int64_t first_end_min, int64_t begin_min, int64_t give_min)
{
    int64_t gap = begin_min - first_end_min;
    return gap + give_min >= a->least_min && (!a->most_min || gap - give_min <= a->most_min);
}

struct sv after_said(struct ctx *c, const struct after *a, struct sv name)
{
    struct buf gap = buf_new(&c->mem, 16);
    const char *key = "catalogue.after";
    if (a->least_min && a->most_min) {
        buf_fmt(&gap, "%lld–%lld", (long long)a->least_min, (long long)a->most_min);
        key = "catalogue.after_within";
    } else if (a->least_min || a->most_min) {
        buf_int(&gap, a->least_min ? a->least_min : a->most_min);
        key = a->least_min ? "catalogue.after_least" : "catalogue.after_within";
    }
    return house_message(c->house, &c->mem, c->lang, key, name, buf_sv(&gap));
}

enum err after_text(struct ctx *c, const struct after *a, struct sv *ret_text)
{
    struct catalogue_item item;
    bool found = false;
    *ret_text = SV("");
    if (a->item.n)
        TRY(entity_load(c, &catalogue_item_entity, a->item.n, &item, &found));
    if (found)
        *ret_text = after_said(c, a, item.plain_name.len ? item.plain_name : item.name);
    return ERR_NONE;
}
