/* why_test.c - every reason that the optimiser knows has words of its own here. */

#include "care/dispatch/day_world_test.h"

#include "plan/tour/reason.h"

static struct sv words(struct ctx *c, int why)
{
    return house_message(c->house, &c->mem, c->lang, why_keys[why], SV(""), SV(""));
}

TEST_DB(every_reason_of_the_optimiser_has_words)
{
    struct team t = team_world();
    static const enum lang langs[] = { LANG_ZH, LANG_EN };
    for (size_t l = 0; l < sizeof langs / sizeof *langs; l++)
        for (int i = 0; i < TOUR_WHYS; i++) {
            t.c->lang = langs[l];
            CHECK(words(t.c, i).len);
            CHECK(!sv_eq(words(t.c, i), sv_of(why_keys[i])));
            for (int k = 0; k < i; k++)
                CHECK(!sv_eq(words(t.c, i), words(t.c, k)));
        }
}
