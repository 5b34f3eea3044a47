/* spell_test.c - whatever the spelling, it leads back to the home it was made from. */

#include "app/demo/make/spell.h"
#include "test.h"

#include <stdio.h>

enum { HOMES = 20000, STREETS = 3 };

struct tally { int right, wrong; };

/* Wrong is what would send somebody to another door; less than could be known only costs work. */
static void judge(struct tally *t, const struct address_found *f, const struct spelt_home *h,
                  const struct spelt_key *key, enum address_level level, struct sv text)
{
    struct sv room = h->group ? sv_fmt(test_mem(), "%d", h->door)
                              : sv_fmt(test_mem(), "%d%02d", h->floor, h->door);
    bool away = (f->compound && f->compound != key->compound) ||
                (f->building && f->building != key->building) ||
                (f->entrance && f->entrance != key->entrance) ||
                (f->level == ADDRESS_DOOR && !sv_eq(f->room, room));
    t->wrong += away;
    t->right += !away && f->level == (int)level;
    if (away)
        printf("%.*s: another home, level %d, score %d, why %x\n", SV_ARG(text), f->level,
               f->score, f->why);
}

static struct tally spell_many(int streets, unsigned how, bool scoped)
{
    struct address_index *ix = spelt_city(test_mem(), streets);
    struct dice dice = { 20261122 };
    struct arena mem = { 0 };
    struct tally t = { 0 };
    for (int i = 0; i < HOMES; i++) {
        struct spelt_key key;
        struct address_match m;
        enum address_level level;
        struct spelt_home h = spelt_draw(&mem, &dice, streets, &key);
        struct sv text = spell_home(&mem, &dice, &h, how, &level);
        address_match(&mem, ix, text, scoped ? key.scope : 0, &m);
        judge(&t, &m.best, &h, &key, level, text);
        arena_reset(&mem);
    }
    arena_free(&mem);
    address_index_end(ix);
    return t;
}

static void hold(struct tally t)
{
    CHECK_INT(t.wrong, 0);
    if (t.right * 100 < HOMES * 99)
        test_fail(__FILE__, __LINE__, "only %d of %d at their level", t.right, HOMES);
}

TEST(a_home_is_found_again_however_it_is_written)
{
    hold(spell_many(1, 0, false));
}

TEST(homes_of_one_name_in_several_streets_are_told_apart_by_the_text)
{
    hold(spell_many(STREETS, SPELT_DIVISION, false));
}

TEST(homes_of_one_name_in_several_streets_are_told_apart_by_the_row)
{
    hold(spell_many(STREETS, 0, true));
}
