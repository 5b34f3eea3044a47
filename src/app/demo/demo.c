/* demo.c - yike demo: makes the invented city, part by part. */

#include "app/demo/demo.h"

#include "app/roads_file.h"
#include "base/json.h"
#include "care/coverage/coverage.h"
#include "care/coverage/past.h"
#include "care/parameter/parameter.h"
#include "model/search/search.h"
#include "store/schema.h"

#include <stdio.h>
#include <string.h>

enum { BATCH = 500, ELDERS_STREET = 20000, ELDERS_DISTRICT = 200000 };

enum err demo_id(struct demo *d, int64_t *ret_id)
{
    return id_next(d->c, d->c->house->ids, ret_id);
}

struct sv demo_phone(struct demo *d)
{
    struct buf b = buf_new(&d->mem, 12);
    buf_text(&b, "100");
    /* Spread over the eight digits by a multiplier that is prime to 10^8. */
    buf_int_wide(&b, ++d->phones * 38573123 % 100000000, 8);
    return buf_sv(&b);
}

struct point demo_point_in(struct demo *d, const struct point_box *box)
{
    return (struct point){
        (int32_t)dice_between(&d->dice, box->low.lat_e7, box->high.lat_e7),
        (int32_t)dice_between(&d->dice, box->low.lon_e7, box->high.lon_e7),
    };
}

struct day demo_rules_from(const struct demo *d)
{
    return day_civil(civil_of_day((struct day){ d->today.n - DEMO_DAYS }).year, 1, 1);
}

struct batch { const struct entity *e; void *rows; size_t n; };

static enum err store_batch(struct ctx *c, void *arg)
{
    struct batch *b = arg;
    return entity_bulk(c, b->e, b->rows, b->n);
}

enum err demo_store(struct demo *d, const struct entity *e, void *rows, size_t n)
{
    struct progress p = { .what = e->zh };
    for (size_t at = 0; at < n; at += BATCH) {
        struct batch b = { e, (char *)rows + at * e->size, n - at < BATCH ? n - at : BATCH };
        TRY(transaction(d->c, store_batch, &b));
        progress_show(&p, (int64_t)(at + b.n), (int64_t)n);
        arena_reset(&d->c->mem);
    }
    progress_end(&p, (int64_t)n);
    return ERR_NONE;
}

/* A visitor has no authenticator at hand; a real house keeps the default (required). */
static enum err second_factor_off(struct ctx *c, void *arg)
{
    struct parameter p;
    (void)arg;
    record_clear(parameter_fields, &p);
    p.name = SV("account.totp_required");
    p.value = SV("0");
    p.valid_from = day_civil(2026, 1, 1);
    p.source = SV("演示城市：不要求动态口令");
    return entity_create(c, &parameter_entity, &p);
}

/* The district keeps other office hours than the house begins with: two versions of its own. */
static enum err district_versions(struct ctx *c, void *arg)
{
    const struct demo *d = arg;
    static const struct { int months; const char *value, *document_no; } rows[] = {
        { -6, "08:30-12:00,14:00-18:00", "演示〔2026〕1号" },
        { 2, "09:00-12:00,13:00-17:00", "演示〔2026〕2号" },
    };
    struct civil today = civil_of_day(d->today);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct parameter p;
        int month = today.year * 12 + today.month - 1 + rows[i].months;
        record_clear(parameter_fields, &p);
        p.name = SV("office.hours");
        p.value = sv_of(rows[i].value);
        p.division = d->district.id;
        p.valid_from = day_civil(month / 12, month % 12 + 1, 1);
        p.source = SV("演示文件：区级机关作息时间（虚构）");
        p.document_no = sv_of(rows[i].document_no);
        p.article = SV("第一条");
        TRY(entity_create(c, &parameter_entity, &p));
    }
    return ERR_NONE;
}

/* True when somebody has set the house up already. */
static enum err demo_taken(struct demo *d, bool *ret_taken)
{
    struct query q = { .size = 1 };
    struct page page;
    TRY(entity_list(d->c, &division_entity, &q, &page));
    *ret_taken = page.n != 0;
    return ERR_NONE;
}

/* A quarter of a year ago: so many in a hundred of today, some communities better than others. */
static enum err demo_past(struct ctx *c, void *arg)
{
    static const struct { int kind, share, step; } then[] = { { PLACE_STATION, 55, 9 },
                                                              { PLACE_MEAL_POINT, 40, 12 } };
    (void)arg;
    for (size_t k = 0; k < sizeof then / sizeof *then; k++) {
        struct coverage_thens now;
        TRY(coverage_on(c, then[k].kind, day_of(c->now), (struct scope_range){ 0, INT64_MAX },
                        &now));
        struct coverage_past *rows = NEW(&c->mem, struct coverage_past, now.n);
        for (size_t i = 0; i < now.n; i++) {
            record_clear(coverage_past_fields, &rows[i]);
            rows[i].row.scope = now.at[i].scope;
            rows[i].kind = then[k].kind;
            rows[i].day = (struct day){ day_of(c->now).n - 91 };
            rows[i].known = now.at[i].known;
            rows[i].near = now.at[i].near * (then[k].share + then[k].step * (int64_t)(i % 5)) / 100;
        }
        TRY(entity_bulk(c, &coverage_past_entity, rows, now.n));
    }
    return ERR_NONE;
}

/* What the worker would do in its first half hour. */
MUST static enum err demo_coverage(struct demo *d)
{
    struct coverage_done done;
    TRY(roads_file_refresh(d->c));
    TRY(coverage_measure(d->c, NULL, &done));
    return transaction(d->c, demo_past, NULL);
}

static enum err demo_make(struct demo *d, bool if_empty, bool *ret_made)
{
    bool taken;
    struct schema schema = house_schema(&d->start->house, &d->mem);
    int64_t rows;
    TRY(schema_migrate(d->c, &schema, NULL));
    TRY(search_refill(d->c, false, &rows));
    TRY(start_node(d->start));
    TRY(demo_taken(d, &taken));
    *ret_made = !taken;
    if (taken && if_empty)
        return ERR_NONE;
    if (taken)
        return fail(d->c, ERR_CONFLICT, "demo.not_empty", "the database holds divisions already");
    TRY(transaction(d->c, second_factor_off, NULL));
    TRY(start_seed(d->start));
    TRY(demo_ground(d));
    TRY(transaction(d->c, district_versions, d));
    TRY(demo_people(d));
    TRY(demo_resided(d));
    TRY(demo_services(d));
    TRY(demo_portraits(d));
    TRY(demo_meals(d));
    TRY(demo_accounts(d));
    TRY(demo_orders(d));
    TRY(demo_runs(d));
    TRY(demo_inspections(d));
    TRY(demo_stories(d));
    TRY(demo_list(d));
    TRY(demo_forms(d));
    TRY(demo_messages(d));
    TRY(demo_codes(d));
    TRY(demo_papers(d));
    TRY(demo_quotas(d));
    TRY(demo_standing(d));
    TRY(demo_packages(d));
    TRY(demo_errands(d));
    TRY(demo_households(d));
    TRY(demo_gatherings(d));
    TRY(demo_centres(d));
    TRY(demo_welfare(d));
    TRY(demo_leads(d));
    TRY(demo_beds(d));
    TRY(demo_counter(d));
    TRY(demo_ghosts(d));
    TRY(demo_adviser(d));
    TRY(demo_surveys(d));
    TRY(demo_coverage(d));
    TRY(demo_scenarios(d));
    TRY(demo_properties(d));
    TRY(demo_pairs(d));
    TRY(demo_together(d));
    TRY(demo_moods(d));
    return schema_statistics(d->c, &schema);
}

void demo_print_sign_ins(void)
{
    printf("\n云汀市安澜区 is ready. Sign in at /console with one of these; the password of all is "
           "%s\n\n",
           DEMO_PASSWORD);
    for (const struct demo_sign_in *s = demo_sign_ins; s->login; s++)
        printf("  %-12s %s\n", s->login, s->what);
    printf("\nCitizens sign in with a telephone number, such as the daughter's: %s. The code is "
           "the\nlast line of outbox.jsonl in the data folder: messages go there, not to "
           "telephones.\n",
           DEMO_DAUGHTER);
}

int demo_command(int argc, char **argv)
{
    const char *size = "street", *seed = "1";
    struct config config = config_default();
    const struct command *k = command_named("demo");
    static struct start s;
    struct demo d = { .start = &s, .c = &s.ctx };
    int64_t seed_n;
    bool help, if_empty = false, made = false;
    const struct option_row rows[] = {
        { "size", &size, NULL }, { "seed", &seed, NULL }, { "if-empty", NULL, &if_empty },
        { "data", &config.data_dir, NULL }, { "db", &config.database, NULL }, { 0 },
    };
    if (!options_read(k, argc, argv, rows, NULL, 0, &help))
        return EXIT_USAGE;
    if (help)
        return EXIT_DONE;
    bool district = strcmp(size, "district") == 0;
    if ((!district && strcmp(size, "street") != 0) || !sv_int(sv_of(seed), 0, INT64_MAX, &seed_n)) {
        fprintf(stderr, "yike demo: --size is street or district, --seed a whole number\n");
        return EXIT_USAGE;
    }
    enum err e = start_open(&s, &config, START_EMPTY);
    if (e == ERR_NONE) {
        d.dice.state = (uint64_t)seed_n;
        d.quarters = district ? 10 : 1;
        d.elders_wanted = district ? ELDERS_DISTRICT : ELDERS_STREET;
        d.now = s.ctx.now;
        d.today = day_of(d.now);
        e = demo_make(&d, if_empty, &made);
    }
    if (e != ERR_NONE)
        command_failed(&s.ctx, "demo");
    else if (made && !if_empty)          /* else `yike serve` will say so in a moment */
        demo_print_sign_ins();
    arena_free(&d.mem);
    start_close(&s);
    return e == ERR_NONE ? EXIT_DONE : EXIT_FAILED;
}
