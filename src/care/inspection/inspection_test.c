/* inspection_test.c - checklists, answers, score and grade, mending, who may do what. */

#include "care/inspection/inspection.h"
#include "care/order/order_world_test.h"

/* A place of organisation A and a checklist of three items: 10, 30 and (vital) 60 points. */
struct looked {
    struct station s; struct place place; struct checklist list; struct who street;
};

static void item(struct looked *w, int64_t seq, int64_t points, bool vital)
{
    struct checklist_item i;
    record_clear(checklist_item_fields, &i);
    i.checklist = w->list.id;
    i.seq = seq;
    i.words = sv_fmt(test_mem(), "第 %lld 项", (long long)seq);
    i.points = points;
    i.vital = vital;
    i.mend_days = 7;
    MUST_GO(w->s.c, entity_create(w->s.c, &checklist_item_entity, &i));
}

static struct looked looked_world(void)
{
    struct looked w = { .s = station_world() };
    struct ctx *c = w.s.c;
    record_clear(place_fields, &w.place);
    w.place.row.scope = w.s.org.row.scope;
    w.place.id.n = id_make(c->now.ms, 12, 1);
    w.place.org = w.s.org.id;
    w.place.name = SV("A站");
    w.place.state = REVIEW_PUBLISHED;
    MUST_GO(c, entity_bulk(c, &place_entity, &w.place, 1));
    record_clear(checklist_fields, &w.list);
    w.list.row.scope = w.s.org.row.scope;
    w.list.title = SV("助餐服务检查表");
    w.list.edition = 1;
    w.list.source = SV("长者助餐服务规范（转载，待核）");
    MUST_GO(c, entity_create(c, &checklist_entity, &w.list));
    item(&w, 1, 10, false);
    item(&w, 2, 30, false);
    item(&w, 3, 60, true);
    w.street = (struct who){ .account = 50, .role = ROLE_STREET_OFFICER, .ranges_n = 1,
                             .ranges = { { 990101001000, 990101001999 } } };
    return w;
}

static struct inspection begun(struct looked *w)
{
    struct inspection_new in = { .place = w->place.id, .checklist = w->list.id,
                                 .reason = SV("抽查") };
    struct inspection i;
    w->s.c->who = &w->s.staff;
    MUST_GO(w->s.c, inspection_begin(w->s.c, &in, &i));
    return i;
}

static struct inspection_answer answer_of(struct looked *w, const struct inspection *i, int nth)
{
    struct query q;
    struct page page;
    const struct who *before = w->s.c->who;
    w->s.c->who = &w->s.staff;
    MUST_GO(w->s.c, query_read(w->s.c, &inspection_answer_entity,
                               sv_fmt(test_mem(), "inspection=%lld&sort=seq", (long long)i->id.n),
                               &q));
    MUST_GO(w->s.c, entity_list(w->s.c, &inspection_answer_entity, &q, &page));
    CHECK_INT(page.n, 3);
    w->s.c->who = before;
    return ((const struct inspection_answer *)page.rows)[nth];
}

struct noted { struct sv note; };

static enum err say(struct looked *w, const struct who *who, const struct inspection *i, int nth,
                    const char *action)
{
    struct inspection_answer a = answer_of(w, i, nth);
    struct noted note = { SV_INIT("看过") };
    w->s.c->who = who;
    return entity_act(w->s.c, &inspection_answer_entity, a.id.n, a.row.version, sv_of(action),
                      &note, &a);
}

struct names { struct sv place, inspector; };

static enum err sign(struct looked *w, struct inspection *i)
{
    struct names names = { SV_INIT("王站长"), SV_INIT("李干部") };
    w->s.c->who = &w->s.staff;
    return entity_act(w->s.c, &inspection_entity, i->id.n, i->row.version, SV("submit"), &names,
                      i);
}

TEST_DB(a_score_counts_what_is_there_and_a_vital_failure_fails_the_whole)
{
    struct looked w = looked_world();
    struct inspection i = begun(&w);
    MUST_GO(w.s.c, say(&w, &w.s.staff, &i, 0, "skip"));
    MUST_FAIL(w.s.c, sign(&w, &i), ERR_CONFLICT, "inspection.unanswered");
    MUST_GO(w.s.c, say(&w, &w.s.staff, &i, 1, "fail"));
    MUST_GO(w.s.c, say(&w, &w.s.staff, &i, 2, "pass"));
    MUST_GO(w.s.c, sign(&w, &i));
    CHECK_INT(i.score, 66);                              /* 60 of the 90 that count */
    CHECK_INT(i.grade, GRADED_POOR);
    CHECK_INT(i.failing, 1);
    CHECK_INT(answer_of(&w, &i, 1).mend_by.n, day_of(w.s.c->now).n + 7);

    struct inspection vital = begun(&w);
    MUST_GO(w.s.c, say(&w, &w.s.staff, &vital, 0, "pass"));
    MUST_GO(w.s.c, say(&w, &w.s.staff, &vital, 1, "pass"));
    MUST_GO(w.s.c, say(&w, &w.s.staff, &vital, 2, "fail"));
    struct inspection_sum sum = { .points = 100, .got = 95, .vital_failed = true };
    int64_t score;
    int grade;
    MUST_GO(w.s.c, inspection_grade_of(w.s.c, w.place.row.scope, i.day, &sum, &score, &grade));
    CHECK_INT(score, 95);
    CHECK_INT(grade, GRADED_POOR);
    sum.vital_failed = false;
    MUST_GO(w.s.c, inspection_grade_of(w.s.c, w.place.row.scope, i.day, &sum, &score, &grade));
    CHECK_INT(grade, GRADED_GOOD);
}

static struct inspection signed_one(struct looked *w)
{
    struct inspection i = begun(w);
    MUST_GO(w->s.c, say(w, &w->s.staff, &i, 0, "pass"));
    MUST_GO(w->s.c, say(w, &w->s.staff, &i, 1, "fail"));
    MUST_GO(w->s.c, say(w, &w->s.staff, &i, 2, "pass"));
    MUST_GO(w->s.c, sign(w, &i));
    return i;
}

static int64_t shown_n(struct looked *w)
{
    struct buf b = buf_new(test_mem(), 512);
    struct json j = json_new(&b);
    const struct json_value *tree;
    json_object(&j, NULL);
    MUST_GO(w->s.c, inspections_json(w->s.c, &j, w->place.id));
    json_end(&j, '}');
    MUST_GO(w->s.c, json_parse(w->s.c, buf_sv(&b), &tree));
    return (int64_t)json_member(tree, "items")->n;
}

TEST_DB(what_is_signed_stays_and_is_shown_after_another_has_looked)
{
    struct looked w = looked_world();
    struct inspection i = signed_one(&w);
    MUST_FAIL(w.s.c, say(&w, &w.s.staff, &i, 0, "fail"), ERR_CONFLICT, "inspection.signed");
    CHECK_INT(shown_n(&w), 0);
    struct who herself = w.street;
    herself.account = w.s.staff.account;
    w.s.c->who = &herself;
    CHECK_INT(entity_act(w.s.c, &inspection_entity, i.id.n, i.row.version, SV("publish"), NULL,
                         &i), ERR_FORBIDDEN);
    ctx_forgive(w.s.c);
    w.s.c->who = &w.street;
    MUST_GO(w.s.c, entity_act(w.s.c, &inspection_entity, i.id.n, i.row.version, SV("publish"),
                              NULL, &i));
    CHECK_INT(shown_n(&w), 1);
}

TEST_DB(who_is_inspected_mends_and_who_inspects_confirms)
{
    struct looked w = looked_world();
    struct inspection i = signed_one(&w);
    CHECK_INT(say(&w, &w.s.other_manager, &i, 1, "mend"), ERR_MISSING);
    ctx_forgive(w.s.c);
    CHECK_INT(say(&w, &w.s.staff, &i, 1, "mend"), ERR_FORBIDDEN);
    ctx_forgive(w.s.c);
    MUST_GO(w.s.c, say(&w, &w.s.manager, &i, 1, "mend"));
    CHECK_INT(say(&w, &w.s.manager, &i, 1, "confirm"), ERR_FORBIDDEN);
    ctx_forgive(w.s.c);
    MUST_GO(w.s.c, say(&w, &w.s.staff, &i, 1, "confirm"));
    CHECK_INT(answer_of(&w, &i, 1).mended, MENDED_CONFIRMED);
}

TEST_DB(nobody_inspects_her_own_house_and_a_used_edition_stays)
{
    struct looked w = looked_world();
    struct inspection_new in = { .place = w.place.id, .checklist = w.list.id,
                                 .reason = SV("自查") };
    struct inspection i;
    w.s.c->who = &w.s.manager;
    MUST_FAIL(w.s.c, inspection_begin(w.s.c, &in, &i), ERR_FORBIDDEN, "inspection.own");
    begun(&w);
    struct checklist_item late;
    record_clear(checklist_item_fields, &late);
    late.checklist = w.list.id;
    late.seq = 4;
    late.words = SV("后加的");
    w.s.c->who = &who_house;
    MUST_FAIL(w.s.c, entity_create(w.s.c, &checklist_item_entity, &late), ERR_INVALID,
              "fields.invalid");
}
