/* services.c - who gives care in the demo city: catalogue, organisations, places, carers, offers.
 */

#include "app/demo/city/services.h"

#include "app/demo/make/words.h"

enum { OPEN_DAYS = 400 };                  /* how long every organisation has been there */

/* --- the catalogue --- */

static const struct {
    int domain, category;
    const char *name, *plain;
    int unit, minutes, skill;
    bool gender, home;
    int door;
} items[ITEM_COUNT] = {
    [ITEM_BATH] = { DOMAIN_HOME, CATEGORY_BATH, "上门助浴", "上门洗澡", UNIT_TIME, 60, SKILL_BATH,
                    true, true, DOOR_HOME },
    [ITEM_CLEAN] = { DOMAIN_HOME, CATEGORY_CLEAN, "居室清洁", "打扫屋子", UNIT_HOUR, 120,
                     SKILL_CLEAN, false, true, DOOR_HOME },
    [ITEM_LAUNDRY] = { DOMAIN_HOME, CATEGORY_CLEAN, "衣物洗涤", "洗衣服", UNIT_TIME, 45,
                       SKILL_CLEAN, false, true, DOOR_HOME },
    [ITEM_WALK] = { DOMAIN_HOME, CATEGORY_WALK, "陪同外出", "陪着出门", UNIT_HOUR, 90, SKILL_WALK,
                    false, true, DOOR_HOME },
    [ITEM_CLINIC] = { DOMAIN_MEDICAL, CATEGORY_MEDICAL, "陪同就医", "陪着看病", UNIT_TIME, 180,
                      SKILL_MEDICAL, false, true, DOOR_HOME },
    [ITEM_MEDICINE] = { DOMAIN_MEDICAL, CATEGORY_MEDICAL, "代取药品", "取药", UNIT_TIME, 45,
                        SKILL_MEDICAL, false, true, DOOR_HOME },
    [ITEM_HAIR] = { DOMAIN_HOME, CATEGORY_CLEAN, "上门理发", "理发", UNIT_TIME, 30, SKILL_HAIR,
                    false, true, DOOR_HOME },
    [ITEM_COMPANION] = { DOMAIN_HOME, CATEGORY_COMPANION, "精神慰藉", "陪聊", UNIT_HOUR, 60,
                         SKILL_COMPANION, false, true, DOOR_HOME },
    [ITEM_REPAIR] = { DOMAIN_EMERGENCY, CATEGORY_REPAIR, "小型维修", "修水电", UNIT_TIME, 60,
                      SKILL_REPAIR, false, true, DOOR_HOME },
    [ITEM_LOCK] = { DOMAIN_EMERGENCY, CATEGORY_URGENT, "应急开锁", "开锁", UNIT_TIME, 45,
                    SKILL_REPAIR, false, true, DOOR_HOME },
    [ITEM_LUNCH] = { DOMAIN_MEAL, CATEGORY_MEAL, "助餐点午餐", "食堂午饭", UNIT_MEAL, 0, SKILL_NONE,
                     false, false, DOOR_MEAL },
    [ITEM_SUPPER] = { DOMAIN_MEAL, CATEGORY_MEAL, "助餐点晚餐", "食堂晚饭", UNIT_MEAL, 0,
                      SKILL_NONE, false, false, DOOR_MEAL },
    [ITEM_DELIVERY] = { DOMAIN_MEAL, CATEGORY_MEAL, "送餐上门", "送午饭", UNIT_MEAL, 30, SKILL_MEAL,
                        false, true, DOOR_MEAL },
    [ITEM_DAY_CARE] = { DOMAIN_DAY_CARE, CATEGORY_DAY_CARE, "日间照料", "白天照看", UNIT_DAY, 0,
                        SKILL_NONE, false, false, DOOR_INSTITUTION },
    [ITEM_REHAB] = { DOMAIN_REHAB, CATEGORY_REHAB, "康复训练", "做康复", UNIT_TIME, 45, SKILL_NURSE,
                     false, true, DOOR_HOME },
    [ITEM_OUTING] = { DOMAIN_CULTURE, CATEGORY_COURSE, "外出活动", "一日游", UNIT_TIME, 0,
                      SKILL_NONE, false, false, DOOR_OTHER },
    [ITEM_CLASS] = { DOMAIN_CULTURE, CATEGORY_COURSE, "书法课", "书法班", UNIT_TIME, 0, SKILL_NONE,
                     false, false, DOOR_OTHER },
    [ITEM_SHOPPING] = { DOMAIN_HOME, CATEGORY_ERRAND, "代购生活用品", "帮买东西", UNIT_TIME, 60,
                        SKILL_NONE, false, true, DOOR_HOME },
    [ITEM_FETCH_MEAL] = { DOMAIN_MEAL, CATEGORY_ERRAND, "代取餐", "帮取饭", UNIT_TIME, 30, SKILL_NONE,
                          false, true, DOOR_HOME },
    [ITEM_BILLS] = { DOMAIN_HOME, CATEGORY_ERRAND, "代缴生活费用", "帮缴水电费", UNIT_TIME, 30,
                     SKILL_NONE, false, true, DOOR_HOME },
    [ITEM_REGISTRATION] = { DOMAIN_MEDICAL, CATEGORY_ERRAND, "代挂号", "帮挂号", UNIT_TIME, 45,
                            SKILL_NONE, false, true, DOOR_HOME },
    [ITEM_HOUSEKEEPING] = { DOMAIN_HOME, CATEGORY_ERRAND, "家政预约", "约家政", UNIT_TIME, 30,
                            SKILL_NONE, false, true, DOOR_HOME },
};

static const int errand_kind_of[ITEM_COUNT] = {
    [ITEM_CLINIC] = ERRAND_CLINIC, [ITEM_MEDICINE] = ERRAND_MEDICINE,
    [ITEM_SHOPPING] = ERRAND_SHOPPING, [ITEM_FETCH_MEAL] = ERRAND_MEAL,
    [ITEM_BILLS] = ERRAND_BILLS, [ITEM_REGISTRATION] = ERRAND_REGISTRATION,
    [ITEM_HOUSEKEEPING] = ERRAND_HOUSEKEEPING,
};

static enum err items_make(struct demo *d)
{
    d->items_n = ITEM_COUNT;
    d->items = NEW(&d->mem, struct catalogue_item, ITEM_COUNT);
    for (size_t i = 0; i < ITEM_COUNT; i++) {
        struct catalogue_item *k = &d->items[i];
        record_clear(catalogue_item_fields, k);
        TRY(demo_id(d, &k->id.n));
        k->row.scope = d->district.row.scope;
        k->domain = items[i].domain;
        k->category = items[i].category;
        k->name = sv_of(items[i].name);
        k->plain_name = sv_of(items[i].plain);
        k->unit = items[i].unit;
        k->duration_min = items[i].minutes;
        k->skill = items[i].skill;
        k->gender_matters = items[i].gender;
        k->at_home = items[i].home;
        k->door = items[i].door;
        k->errand = errand_kind_of[i];
    }
    return demo_store(d, &catalogue_item_entity, d->items, d->items_n);
}

/* --- organisations and places --- */

/* How many of each kind stand in one quarter of 20,000 elders, and what they are called. */
static const struct kind_row {
    int         kind, a_quarter;
    const char *suffix, *hours;
    bool        on_far_bank;       /* some stand across the river */
    int         first;             /* number of the first of them, among those of its kind */
} kinds[] = {
    { ORG_INSTITUTION, 2, "养老院", "24/7", false, 0 },
    { ORG_STATION, 6, "养老服务驿站", "Mo-Su 08:00-18:00", false, 0 },
    { ORG_DISTRICT_CENTRE, 1, "区域养老服务中心", "Mo-Su 08:00-18:00", false, 0 },
    { ORG_DAY_CENTRE, 3, "日间照料中心", "Mo-Fr 08:00-17:30; PH off", false, 0 },
    { ORG_MEAL_POINT, 10, "养老助餐点", "Mo-Su 10:30-13:00,16:30-18:30", false, 0 },
    { ORG_CENTRAL_KITCHEN, 1, "老年餐集中配送中心", "Mo-Su 05:00-18:00", false, 0 },
    { ORG_PROVIDER, 3, "居家养老服务有限公司", "Mo-Sa 08:00-18:00", false, 0 },
    { ORG_CLINIC, 12, "社区卫生服务站", "Mo-Fr 08:00-17:00; Sa 08:00-12:00; PH off", true, 0 },
    { ORG_PHARMACY, 45, "大药房", "Mo-Su 08:00-21:00", true, 0 },
    { ORG_BARBER, 42, "理发店", "Mo-Su 09:00-20:00", true, 0 },
    { ORG_SHOP, 120, "便民超市", "Mo-Su 07:00-22:00", true, 0 },
    { ORG_BANK, 18, "储蓄所", "Mo-Fr 09:00-17:00; PH off", true, 0 },
    { ORG_PROPERTY, 24, "物业服务中心", "Mo-Su 08:00-20:00", true, 0 },
    { ORG_COMMUNITY_OFFICE, 18, "居(村)委会", "Mo-Fr 08:30-17:30; PH off", true, 0 },
    { ORG_INSTITUTION, 3, "养老公寓", "24/7", false, 2 },
};

/* A code of GB 32100 of an invented body: 99 in the division part, correct check characters. */
static struct sv uscc_make(struct demo *d, bool company)
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const int weights[17] = {
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
    };
    static const int inner[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
    char code[19] = "00990101";
    code[0] = company ? '9' : '5';
    code[1] = company ? '1' : '2';
    int sum = 0;
    for (int i = 0; i < 8; i++) {
        code[8 + i] = (char)('0' + dice_between(&d->dice, 0, 9));
        sum += (code[8 + i] - '0') * inner[i];
    }
    int check = 11 - sum % 11;
    code[16] = check == 11 ? '0' : check == 10 ? 'X' : (char)('0' + check);
    sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (int)sv_find_byte(sv_of(letters), code[i]) * weights[i];
    code[17] = letters[(31 - sum % 31) % 31];
    return sv_copy(&d->mem, (struct sv){ code, 18 });
}

static int area_of(const struct demo *d, struct point at, int quarter)
{
    int a_quarter = STREETS_A_QUARTER * (1 + COMMUNITIES_A_STREET), found = quarter * a_quarter;
    for (int i = 0; i < a_quarter; i++) {
        int index = quarter * a_quarter + i;
        if (d->town.areas[index].level == 1 && box_holds(&d->town.areas[index].box, at))
            return index;
    }
    return found;
}

/* A little way along the street from a corner, so that doors do not stand on one another. */
static struct point beside(struct demo *d, struct point corner)
{
    struct plane near = plane_at(corner);
    double along = (dice_part(&d->dice) - 0.5) * 110, off = 4 + dice_part(&d->dice) * 6;
    bool east = dice_chance(&d->dice, 0.5);
    return plane_back(&near, (struct plane_point){ east ? along : off, east ? off : along });
}

/* The corner of the quarter nearest to a point. */
static struct point corner_near(const struct demo *d, int quarter, struct point at)
{
    size_t a_quarter = d->town.corners_n / (size_t)d->quarters;
    const struct point *corners = d->town.corners + (size_t)quarter * a_quarter, *best = corners;
    for (size_t i = 1; i < a_quarter; i++)
        if (point_distance_m(corners[i], at) < point_distance_m(*best, at))
            best = &corners[i];
    return *best;
}

/* Stations and meal points are dealt out: sub-districts in turn, then their communities. */
static struct point dealt_corner(struct demo *d, int quarter, int nth, int *ret_area)
{
    static const int communities[] = { 1, 4, 2, 6 };
    int street = quarter * STREETS_A_QUARTER * (1 + COMMUNITIES_A_STREET)
               + nth % STREETS_A_QUARTER * (1 + COMMUNITIES_A_STREET);
    *ret_area = street + communities[nth / STREETS_A_QUARTER % 4];
    return corner_near(d, quarter, box_middle(&d->town.areas[*ret_area].box));
}

/* Any street corner of the quarter; what does not open on the far bank stays on the near one. */
static struct point any_corner(struct demo *d, int quarter, bool far_bank, int *ret_area)
{
    size_t a_quarter = d->town.corners_n / (size_t)d->quarters;
    const struct point *corners = d->town.corners + (size_t)quarter * a_quarter;
    for (int tries = 0;; tries++) {
        struct point at = corners[dice_between(&d->dice, 0, (int64_t)a_quarter - 1)];
        int area = area_of(d, at, quarter);
        int in_street = (area - quarter * STREETS_A_QUARTER * (1 + COMMUNITIES_A_STREET))
                      % (1 + COMMUNITIES_A_STREET);
        bool far = d->town.areas[area].character == TOWERS && in_street > 3;
        if (tries > 200 || far_bank || !far) {
            *ret_area = area;
            return at;
        }
    }
}

static struct point corner(struct demo *d, int quarter, const struct kind_row *k, int nth,
                           int *ret_area)
{
    bool dealt = k->kind == ORG_STATION || k->kind == ORG_MEAL_POINT;
    return beside(d, dealt ? dealt_corner(d, quarter, nth, ret_area)
                           : any_corner(d, quarter, k->on_far_bank, ret_area));
}

static void org_fill(struct demo *d, struct organisation *o, const struct kind_row *k,
                     struct sv name, int area)
{
    o->name = name;
    o->kind = k->kind;
    o->uscc = uscc_make(d, k->kind == ORG_PROVIDER || k->kind >= ORG_PROPERTY);
    o->division = d->area[area].id;
    o->row.scope = d->area[area].row.scope;
    o->legal_person = word_person(&d->mem, &d->dice, dice_chance(&d->dice, 0.4), 1975);
    o->phone = demo_phone(d);
    o->duty_phone = k->kind == ORG_STATION ? demo_phone(d) : SV("");
    o->address = sv_fmt(&d->mem, "%.*s%lld号", SV_ARG(d->area[area].name),
                        (long long)dice_between(&d->dice, 1, 200));
    o->state = REVIEW_PUBLISHED;
    /* One in twelve is overdue. */
    struct day seen = { d->today.n - dice_between(&d->dice, 2, 98) };
    o->verified_at = moment_at(seen, 10 * 60);
    o->verify_until = (struct day){ seen.n + 90 };
}

/*
 * Beds, fees and what an institution takes. The first two of a quarter hold 420 beds for 20,000
 * elders; those behind them are small, so that there is a choice of every kind.
 */
static const struct house_row {
    int     beds, levels, medical, founded, operated, scheme, rating;
    int64_t low_yuan, high_yuan;
    bool    full;
} houses[] = {
    { 260, 0x3E, 2, FOUNDED_PUBLIC, OPERATED_ENTRUSTED, RATING_NATIONAL, 4, 4800, 8900, false },
    { 160, 0x0E, 1, FOUNDED_PRIVATE, OPERATED_PRIVATE, RATING_NATIONAL, 2, 2600, 4200, false },
    { 60, 0x1E, 1, FOUNDED_PUBLIC, OPERATED_PUBLIC, RATING_NATIONAL, 3, 2200, 3600, true },
    { 48, 0x3C, 2, FOUNDED_PRIVATE, OPERATED_PRIVATE, RATING_STAR, 5, 6800, 12000, false },
    { 30, 0x06, 0, FOUNDED_BUILT, OPERATED_PRIVATE, RATING_NONE, 0, 1900, 2800, false },
};

static void institution_fill(struct demo *d, struct place *p, int nth)
{
    const struct house_row *h = &houses[nth % (int)(sizeof houses / sizeof *houses)];
    p->beds_total = h->beds;
    p->beds_free = (struct opt_int){ true, dice_between(&d->dice, h->beds * 4 / 10,
                                                        h->beds * 6 / 10) };
    if (h->full)
        p->beds_free.n = 0;
    p->beds_at = (struct moment){ d->now.ms - dice_between(&d->dice, 1, 9) * MS_A_DAY };
    p->levels.bits = (uint64_t)h->levels;
    p->price_low = (struct money){ h->low_yuan * 100 };
    p->price_high = (struct money){ h->high_yuan * 100 };
    p->medical = h->medical;
    p->founded = h->founded;
    p->operated = h->operated;
    p->nonprofit = true;
    p->rating_scheme = h->scheme;
    p->rating_level = h->rating;
    if (h->rating)
        p->rating_until = (struct day){ d->today.n + 400 };
}

static void place_fill(struct demo *d, struct place *p, const struct organisation *o,
                       const struct kind_row *k, struct point at, int nth)
{
    static const int place_of_org[] = {
        [ORG_INSTITUTION] = PLACE_INSTITUTION,
        [ORG_STATION] = PLACE_STATION,
        [ORG_DISTRICT_CENTRE] = PLACE_DISTRICT_CENTRE,
        [ORG_DAY_CENTRE] = PLACE_DAY_CENTRE,
        [ORG_MEAL_POINT] = PLACE_MEAL_POINT,
        [ORG_CENTRAL_KITCHEN] = PLACE_CENTRAL_KITCHEN,
        [ORG_CLINIC] = PLACE_CLINIC,
        [ORG_PHARMACY] = PLACE_PHARMACY,
        [ORG_PROVIDER] = PLACE_PROVIDER,
        [ORG_PROPERTY] = PLACE_PROPERTY,
        [ORG_SHOP] = PLACE_SHOP,
        [ORG_BANK] = PLACE_BANK,
        [ORG_BARBER] = PLACE_BARBER,
        [ORG_COMMUNITY_OFFICE] = PLACE_COMMUNITY_OFFICE,
    };
    p->org = o->id;
    p->name = o->name;
    p->kind = place_of_org[k->kind];
    p->division = o->division;
    p->row.scope = o->row.scope;
    p->lat = (struct degrees){ at.lat_e7 };
    p->lon = (struct degrees){ at.lon_e7 };
    p->address = o->address;
    p->phone = o->phone;
    p->duty_phone = o->duty_phone;
    p->hours = sv_of(k->hours);
    p->state = REVIEW_PUBLISHED;
    p->verified_at = o->verified_at;
    p->verify_until = o->verify_until;
    p->accessible.bits = dice_chance(&d->dice, 0.6) ? 0x09 : 0;
    if (k->kind == ORG_INSTITUTION)
        institution_fill(d, p, nth);
    if (k->kind == ORG_STATION)
        p->capacity = 30;
    if (k->kind == ORG_MEAL_POINT)
        p->capacity = 60;
}

static enum err orgs_make(struct demo *d)
{
    size_t a_quarter = 0, n = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        a_quarter += (size_t)kinds[k].a_quarter;
    d->orgs_n = d->places_n = a_quarter * (size_t)d->quarters;
    d->orgs = NEW(&d->mem, struct organisation, d->orgs_n);
    d->places = NEW(&d->mem, struct place, d->places_n);
    for (int quarter = 0; quarter < d->quarters; quarter++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            for (int i = kinds[k].first; i < kinds[k].first + kinds[k].a_quarter; i++, n++) {
                int area;
                struct point at = corner(d, quarter, &kinds[k], i, &area);
                struct sv name = word_business(&d->mem, quarter, i + (int)k * 5, i / BUSINESS_NAMES,
                                               kinds[k].suffix);
                record_clear(organisation_fields, &d->orgs[n]);
                record_clear(place_fields, &d->places[n]);
                TRY(demo_id(d, &d->orgs[n].id.n));
                TRY(demo_id(d, &d->places[n].id.n));
                d->orgs[n].row.created_at.ms = d->now.ms - OPEN_DAYS * MS_A_DAY;
                org_fill(d, &d->orgs[n], &kinds[k], name, area);
                place_fill(d, &d->places[n], &d->orgs[n], &kinds[k], at, i);
            }
    TRY(demo_store(d, &organisation_entity, d->orgs, d->orgs_n));
    return demo_store(d, &place_entity, d->places, d->places_n);
}

/* --- papers, duty areas, fees --- */

static enum err paper_add(struct demo *d, struct paper *p, const struct organisation *o,
                          int64_t carer, int kind, int64_t days)
{
    record_clear(paper_fields, p);
    TRY(demo_id(d, &p->id.n));
    p->row.scope = o->row.scope;
    p->org = o->id;
    p->carer.n = carer;
    p->kind = kind;
    p->number = sv_fmt(&d->mem, "AL%06lld", (long long)dice_between(&d->dice, 0, 999999));
    p->issued_by = SV("安澜区");
    p->valid_from = (struct day){ d->today.n + days - 3 * 365 };
    p->valid_to = (struct day){ d->today.n + days };
    return ERR_NONE;
}

static enum err papers_make(struct demo *d)
{
    struct paper *papers = NEW(&d->mem, struct paper, d->orgs_n * 2 + d->carers_n * 2);
    size_t n = 0;
    for (size_t i = 0; i < d->orgs_n; i++) {
        const struct organisation *o = &d->orgs[i];
        if (o->kind > ORG_CLINIC && o->kind != ORG_PROVIDER)
            continue;
        int second = o->kind == ORG_INSTITUTION ? PAPER_FILING
                     : o->kind == ORG_CLINIC    ? PAPER_MEDICAL
                     : o->kind == ORG_PROVIDER  ? PAPER_FIRE
                                                : PAPER_FOOD;
        TRY(paper_add(d, &papers[n++], o, 0, PAPER_LEGAL_PERSON, dice_between(&d->dice, 200, 900)));
        TRY(paper_add(d, &papers[n++], o, 0, second, dice_between(&d->dice, -10, 700)));
    }
    for (size_t i = 0; i < d->carers_n; i++) {
        struct organisation o = { .id = d->carers[i].org, .row.scope = d->carers[i].row.scope };
        TRY(paper_add(d, &papers[n++], &o, d->carers[i].id.n, PAPER_CARER_CERTIFICATE,
                      dice_between(&d->dice, 60, 900)));
        TRY(paper_add(d, &papers[n++], &o, d->carers[i].id.n, PAPER_HEALTH,
                      dice_between(&d->dice, -5, 330)));
    }
    return demo_store(d, &paper_entity, papers, n);
}

/* Each community is answered for by the nearer of its street's stations. */
static enum err duties_make(struct demo *d)
{
    struct duty_area *duties = NEW(&d->mem, struct duty_area, d->town.areas_n);
    size_t n = 0;
    for (size_t i = 0; i < d->town.areas_n; i++) {
        const struct area *a = &d->town.areas[i];
        if (a->level == 0)
            continue;
        const struct organisation *o = demo_station_for(d, (int)i);
        record_clear(duty_area_fields, &duties[n]);
        TRY(demo_id(d, &duties[n].id.n));
        duties[n].row.scope = d->area[i].row.scope;
        duties[n].org = o->id;
        duties[n].division = d->area[i].id;
        duties[n].valid_from = day_civil(2025, 1, 1);
        n++;
    }
    return demo_store(d, &duty_area_entity, duties, n);
}

const struct organisation *demo_station_for(const struct demo *d, int area)
{
    int64_t street = d->area[d->town.areas[area].parent].row.scope;
    struct point home = box_middle(&d->town.areas[area].box);
    const struct organisation *best = NULL;
    double best_m = 0;
    for (size_t i = 0; i < d->orgs_n; i++) {
        const struct place *p = &d->places[i];
        bool in_street = p->row.scope >= street && p->row.scope <= street + 999;
        double far_m = point_distance_m(home, (struct point){ (int32_t)p->lat.e7,
                                                              (int32_t)p->lon.e7 });
        if (d->orgs[i].kind != ORG_STATION || !in_street || (best && best_m <= far_m))
            continue;
        best = &d->orgs[i];
        best_m = far_m;
    }
    return best;
}

static enum err fees_make(struct demo *d)
{
    static const struct { const char *name; int64_t fen; } fees[] = {
        { "床位费（双人间）", 180000 }, { "床位费（单人间）", 320000 }, { "餐费", 90000 }, { "护理费（轻度）", 80000 },
        { "护理费（中度）", 160000 }, { "护理费（重度）", 280000 },
    };
    struct fee_item *rows = NEW(&d->mem, struct fee_item, d->places_n * 6);
    size_t n = 0;
    for (size_t i = 0; i < d->places_n; i++)
        for (size_t k = 0; d->places[i].kind == PLACE_INSTITUTION && k < sizeof fees / sizeof *fees;
             k++, n++) {
            record_clear(fee_item_fields, &rows[n]);
            TRY(demo_id(d, &rows[n].id.n));
            rows[n].row.scope = d->places[i].row.scope;
            rows[n].place = d->places[i].id;
            rows[n].name = sv_of(fees[k].name);
            rows[n].unit = 0;
            rows[n].price = (struct money){ fees[k].fen + d->places[i].rating_level * 20000 };
        }
    return demo_store(d, &fee_item_entity, rows, n);
}

/* --- carers and offers --- */

static enum err carers_make(struct demo *d)
{
    size_t n = 0, room = 0;
    for (size_t i = 0; i < d->orgs_n; i++) {
        const struct organisation *o = &d->orgs[i];
        int staff = o->kind == ORG_STATION ? 12 : o->kind == ORG_PROVIDER ? 15 : 0;
        for (int k = 0; k < staff; k++, n++) {
            d->carers = GROW(&d->mem, d->carers, n, &room);
            struct carer *a = &d->carers[n];
            bool female = k % 4 != 3;
            record_clear(carer_fields, a);
            TRY(demo_id(d, &a->id.n));
            a->row.scope = o->row.scope;
            a->org = o->id;
            a->works_at = d->places[i].id;
            a->name =
                word_person(&d->mem, &d->dice, female, (int)dice_between(&d->dice, 1968, 1998));
            a->gender = female ? GENDER_FEMALE : GENDER_MALE;
            a->phone = demo_phone(d);
            a->skills.bits =
                dice_next(&d->dice) % (1 << 10) | 1 << SKILL_CLEAN | (uint64_t)1 << (1 + k % 9);
            a->skills.bits &= ~(uint64_t)1;
            a->employed_from = (struct day){ d->today.n - dice_between(&d->dice, 100, 2500) };
            a->contract = k % 3 ? CONTRACT_LABOUR : CONTRACT_SERVICE;
            a->contract_to = (struct day){ d->today.n + 12 + (int64_t)n * 37 % 700 };
            a->languages.bits = k % 2 ? 3 : 1;
            a->travel = k % 2 ? TRAVEL_EBIKE : TRAVEL_WALK;
        }
    }
    d->carers_n = n;
    return demo_store(d, &carer_entity, d->carers, n);
}

/* What each kind of organisation offers: item, price, places in a slot, week, minutes ahead. */
static const struct {
    int kind, item;
    int64_t fen, capacity, lead_min;
    const char *week;
} offered[] = {
    { ORG_STATION, ITEM_BATH, 8000, 2, 720, "Mo-Sa 08:00-17:00/60" },
    { ORG_STATION, ITEM_CLEAN, 4500, 4, 240, "Mo-Sa 08:00-18:00/120" },
    { ORG_STATION, ITEM_WALK, 4000, 3, 240, "Mo-Su 08:00-17:00/90" },
    { ORG_STATION, ITEM_CLINIC, 12000, 2, 720, "Mo-Fr 07:30-16:30/180" },
    { ORG_STATION, ITEM_MEDICINE, 1500, 3, 120, "Mo-Fr 08:00-17:00/60; PH off" },
    { ORG_STATION, ITEM_HAIR, 1500, 2, 240, "Mo-Su 09:00-17:00/30" },
    { ORG_STATION, ITEM_COMPANION, 3000, 2, 240, "Mo-Su 09:00-17:00/60" },
    { ORG_STATION, ITEM_DELIVERY, 1700, 40, 120, "Mo-Su 11:00-12:30/30" },
    { ORG_STATION, ITEM_CLASS, 0, 30, 60, "Sa 14:00-16:00/120" },
    { ORG_STATION, ITEM_LUNCH, 1500, 80, 30, "Mo-Su 11:00-12:30/30" },
    { ORG_PROVIDER, ITEM_BATH, 9800, 4, 720, "Mo-Su 08:00-18:00/60" },
    { ORG_PROVIDER, ITEM_CLEAN, 5000, 6, 240, "Mo-Su 08:00-18:00/120" },
    { ORG_PROVIDER, ITEM_REPAIR, 6000, 2, 60, "Mo-Su 08:00-20:00/60" },
    { ORG_PROVIDER, ITEM_LOCK, 10000, 1, 0, "Mo-Su 00:00-24:00/60" },
    { ORG_PROVIDER, ITEM_REHAB, 15000, 2, 720, "Mo-Sa 08:00-17:00/60" },
    { ORG_MEAL_POINT, ITEM_LUNCH, 1500, 60, 60, "Mo-Su 11:00-12:30/30" },
    { ORG_MEAL_POINT, ITEM_SUPPER, 1200, 40, 60, "Mo-Su 17:00-18:00/30" },
    { ORG_DAY_CENTRE, ITEM_DAY_CARE, 6000, 20, 720, "Mo-Fr 08:00-17:00" },
    { ORG_DISTRICT_CENTRE, ITEM_LUNCH, 1600, 80, 60, "Mo-Su 11:00-12:30/30" },
    { ORG_DISTRICT_CENTRE, ITEM_DAY_CARE, 7000, 30, 720, "Mo-Fr 08:00-17:00" },
};

/* Errands have one price everywhere, and throw no dice. */
static const struct { int item; int64_t fen, capacity; const char *week; } errands[] = {
    { ITEM_SHOPPING, 1000, 3, "Mo-Su 08:00-18:00/60" },
    { ITEM_FETCH_MEAL, 500, 4, "Mo-Su 11:00-13:00/30" },
    { ITEM_BILLS, 800, 3, "Mo-Su 08:00-18:00/60" },
    { ITEM_REGISTRATION, 1500, 2, "Mo-Fr 07:00-11:00/60; PH off" },
    { ITEM_HOUSEKEEPING, 0, 4, "Mo-Su 09:00-17:00/60" },
};

static enum err errand_offer(struct demo *d, size_t org, size_t row, struct offer *o)
{
    record_clear(offer_fields, o);
    TRY(demo_id(d, &o->id.n));
    o->row.scope = d->orgs[org].row.scope;
    o->org = d->orgs[org].id;
    o->place = d->places[org].id;
    o->item = d->items[errands[row].item].id;
    o->name = d->items[errands[row].item].plain_name;
    o->price = (struct money){ errands[row].fen };
    o->area_m = 2500;
    o->lead_min = 120;
    o->capacity = errands[row].capacity;
    o->week = sv_of(errands[row].week);
    o->state = REVIEW_PUBLISHED;
    return ERR_NONE;
}

static enum err offer_add(struct demo *d, size_t org, size_t row, struct offer *o)
{
    record_clear(offer_fields, o);
    TRY(demo_id(d, &o->id.n));
    o->row.scope = d->orgs[org].row.scope;
    o->org = d->orgs[org].id;
    o->place = d->places[org].id;
    o->item = d->items[offered[row].item].id;
    o->name = d->items[offered[row].item].plain_name;
    /* Prices differ a little from house to house. */
    o->price = (struct money){ offered[row].fen * dice_between(&d->dice, 18, 22) / 20 / 50 * 50 };
    o->area_m = d->orgs[org].kind == ORG_STATION ? 2500 : 0;
    o->lead_min = offered[row].lead_min;
    o->capacity = offered[row].capacity;
    o->week = sv_of(offered[row].week);
    o->state = REVIEW_PUBLISHED;
    return ERR_NONE;
}

static enum err offers_make(struct demo *d)
{
    size_t room = 0;
    for (size_t i = 0; i < d->orgs_n; i++)
        for (size_t k = 0; k < sizeof offered / sizeof *offered; k++)
            if (offered[k].kind == d->orgs[i].kind) {
                d->offers = GROW(&d->mem, d->offers, d->offers_n, &room);
                TRY(offer_add(d, i, k, &d->offers[d->offers_n++]));
            }
    return demo_store(d, &offer_entity, d->offers, d->offers_n);
}

enum err demo_services(struct demo *d)
{
    TRY(items_make(d));
    TRY(orgs_make(d));
    TRY(carers_make(d));
    TRY(papers_make(d));
    TRY(duties_make(d));
    TRY(fees_make(d));
    return offers_make(d);
}

/* After the orders of the past, which throw their dice over the offers that there are. */
enum err demo_errand_offers(struct demo *d)
{
    size_t first = d->offers_n, room = d->offers_n;
    for (size_t i = 0; i < d->orgs_n; i++)
        for (size_t k = 0; d->orgs[i].kind == ORG_STATION && k < sizeof errands / sizeof *errands;
             k++) {
            d->offers = GROW(&d->mem, d->offers, d->offers_n, &room);
            TRY(errand_offer(d, i, k, &d->offers[d->offers_n++]));
        }
    return demo_store(d, &offer_entity, d->offers + first, d->offers_n - first);
}
