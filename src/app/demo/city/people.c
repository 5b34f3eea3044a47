/* people.c - elders of the demo city and their contacts. */

#include "app/demo/demo.h"
#include "app/demo/make/words.h"
#include "care/elder/birthday.h"

/* Ages as in a Chinese city: a band of five years from 60 on, in per mille. */
static const int age_bands[] = { 285, 245, 190, 125, 85, 48, 17, 5 };

/* How many elders of 100 live in each kind of sub-district. */
static const int characters[] = { 45, 35, 20 };

struct numbering { int16_t *taken; struct day first; size_t days; };     /* of each birthday */

/* 990101 + birthday + a sequence that is odd for men + check character. */
static struct sv id_number(struct demo *d, struct numbering *used, struct day birth, bool female)
{
    char digits[18];
    struct civil v = civil_of_day(birth);
    int16_t *taken = &used->taken[birth.n - used->first.n];
    int sequence = ++*taken * 2 + !female;
    struct buf b = buf_new(&d->mem, 18);
    buf_text(&b, "990101");
    buf_int_wide(&b, v.year, 4);
    buf_int_wide(&b, v.month, 2);
    buf_int_wide(&b, v.day, 2);
    buf_int_wide(&b, sequence % 1000, 3);
    for (int i = 0; i < 17; i++)
        digits[i] = b.at[i];
    buf_byte(&b, id_check_character(digits));
    return buf_sv(&b);
}

static struct day birthday(struct demo *d)
{
    size_t band = dice_weighted(&d->dice, age_bands, sizeof age_bands / sizeof *age_bands);
    int64_t days = (60 + (int64_t)band * 5) * 365 + (int64_t)band * 5 / 4 + 16;
    return (struct day){ d->today.n - days - dice_between(&d->dice, 0, 5 * 365) };
}

static bool with(struct demo *d, double chance, struct elder *e, enum elder_flag flag)
{
    bool yes = dice_chance(&d->dice, chance);
    e->flags.bits |= (uint64_t)yes << flag;
    return yes;
}

static void flags_and_grade(struct demo *d, struct elder *e, int age, enum character character)
{
    double old = age >= 80 ? 2.0 : age >= 70 ? 1.3 : 0.8;
    if (!with(d, 0.09 * old, e, FLAG_LIVING_ALONE))
        with(d, character == VILLAGES ? 0.10 : 0.28, e,
             character == VILLAGES ? FLAG_LEFT_BEHIND : FLAG_EMPTY_NEST);
    with(d, 0.03 * old, e, FLAG_DISABLED);
    if (!with(d, 0.006, e, FLAG_DESTITUTE) &&
        !with(d, character == VILLAGES ? 0.04 : 0.015, e, FLAG_MINIMUM_INCOME))
        with(d, 0.012, e, FLAG_NEAR_MINIMUM);
    with(d, 0.008, e, FLAG_SPECIAL_FAMILY);
    with(d, 0.012 * old, e, FLAG_VETERAN);

    static const int young[] = { 62, 34, 3, 1, 0, 0 }, seventy[] = { 35, 48, 10, 4, 2, 1 },
                     eighty[] = { 18, 38, 22, 12, 6, 4 };
    e->grade = (int)dice_weighted(&d->dice, age >= 80 ? eighty : age >= 70 ? seventy : young, 6);
    if (e->grade != GRADE_UNKNOWN) {
        e->grade_on = (struct day){ d->today.n - dice_between(&d->dice, 20, 700) };
        e->grade_source = SV("安澜区评估中心");
    }
}

/* 12号楼3单元502, or 5组18号 in a village. */
static void home(struct demo *d, struct elder *e, size_t estate)
{
    const struct estate *at = &d->town.estates[estate];
    bool village = at->character == VILLAGES;
    int64_t building = dice_between(&d->dice, 1, at->buildings),
            floor = dice_between(&d->dice, 1, at->floors),
            entrance = village ? 0 : dice_between(&d->dice, 1, 4);
    e->building = sv_fmt(&d->mem, village ? "%lld组" : "%lld号楼", (long long)building);
    e->entrance = village ? SV("") : sv_fmt(&d->mem, "%lld单元", (long long)entrance);
    e->room = village ? sv_fmt(&d->mem, "%lld号", (long long)dice_between(&d->dice, 1, 60))
                      : sv_fmt(&d->mem, "%lld%02lld", (long long)floor,
                               (long long)dice_between(&d->dice, 1, 4));
    struct buf b = buf_new(&d->mem, 64);
    buf_put(&b, at->name);
    buf_put(&b, e->building);
    buf_put(&b, e->entrance);
    buf_put(&b, e->room);
    e->address = buf_sv(&b);
    demo_home(d, e, estate, building, entrance);
}

static enum err elder_make(struct demo *d, struct numbering *used, int estate, struct elder *e)
{
    const struct estate *at = &d->town.estates[estate];
    static const int residences[] = { 78, 15, 7 };
    record_clear(elder_fields, e);
    TRY(demo_id(d, &e->id.n));
    bool female = dice_chance(&d->dice, 0.54);
    e->birth = birthday(d);
    e->birthday_by = e->birth.n % 3 ? BIRTHDAY_SOLAR : BIRTHDAY_LUNAR;
    e->gender = female ? GENDER_FEMALE : GENDER_MALE;
    e->name = word_person(&d->mem, &d->dice, female, civil_of_day(e->birth).year);
    e->id_number = id_number(d, used, e->birth, female);
    e->phone = dice_chance(&d->dice, 0.93) ? demo_phone(d) : SV("");
    e->residence = (int)dice_weighted(&d->dice, residences, 3);
    e->compound = d->compound[estate].id;
    e->division = d->area[at->community].id;
    e->row.scope = d->area[at->community].row.scope;
    flags_and_grade(d, e, age_on(e->birth, d->today), at->character);
    home(d, e, (size_t)estate);
    elder_place_home(d->c, e);
    return ERR_NONE;
}

/* The estates of one character, so that an elder's is drawn evenly among them. */
static size_t estates_of(const struct demo *d, enum character kind, int *ret_estates)
{
    size_t n = 0;
    for (size_t i = 0; i < d->town.estates_n; i++)
        if (d->town.estates[i].character == kind)
            ret_estates[n++] = (int)i;
    return n;
}

static enum err elders_make(struct demo *d)
{
    int *estates[3];
    size_t estates_n[3];
    struct numbering used = { .first = { d->today.n - 110 * 366 }, .days = 110 * 366 };
    used.taken = NEW(&d->mem, int16_t, used.days);
    for (int k = 0; k < 3; k++) {
        estates[k] = NEW(&d->mem, int, d->town.estates_n);
        estates_n[k] = estates_of(d, (enum character)k, estates[k]);
    }
    d->elders_n = (size_t)d->elders_wanted;
    d->elders = NEW(&d->mem, struct elder, d->elders_n);
    d->elder_estate = NEW(&d->mem, int, d->elders_n);
    for (size_t i = 0; i < d->elders_n; i++) {
        size_t kind = dice_weighted(&d->dice, characters, 3);
        int estate = estates[kind][dice_between(&d->dice, 0, (int64_t)estates_n[kind] - 1)];
        d->elder_estate[i] = estate;
        TRY(elder_make(d, &used, estate, &d->elders[i]));
    }
    return ERR_NONE;
}

/* Children's numbers; a village landline is shared by two. */
static enum err contacts_make(struct demo *d)
{
    size_t n = 0, room = 0;
    struct contact *contacts = NULL;
    for (size_t i = 0; i < d->elders_n; i++) {
        const struct elder *e = &d->elders[i];
        if (!dice_chance(&d->dice, 0.4))
            continue;
        contacts = GROW(&d->mem, contacts, n, &room);
        struct contact *k = &contacts[n++];
        bool female = dice_chance(&d->dice, 0.55);
        record_clear(contact_fields, k);
        TRY(demo_id(d, &k->id.n));
        k->row.scope = e->row.scope;
        k->elder = e->id;
        k->name = word_person(&d->mem, &d->dice, female, civil_of_day(e->birth).year + 27);
        k->relation = RELATION_CHILD;
        k->phone = demo_phone(d);
        k->main = k->emergency = true;
    }
    return demo_store(d, &contact_entity, contacts, n);
}

enum err demo_people(struct demo *d)
{
    TRY(elders_make(d));
    TRY(demo_store(d, &elder_entity, d->elders, d->elders_n));
    return contacts_make(d);
}
