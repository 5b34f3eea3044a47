/* house_test.c - the real modules together: declarations, statements, endpoints. */

#include "app/modules.h"

#include "care/todo/todo.h"
#include "house.h"
#include "http/http.h"
#include "model/jobs.h"
#include "model/module.h"

TEST(the_declarations_of_the_house_are_sound)
{
    struct house h = { .modules = modules };
    struct buf faults = buf_new(test_mem(), 1024);
    house_faults(&h, &faults);
    CHECK_TEXT(buf_sv(&faults), "");
}

/* Every list, field and right that a kind of waiting names is there, and is asked as declared. */
TEST_DB(every_kind_of_waiting_is_sound)
{
    struct ctx *c = house_world(modules);
    struct buf faults = buf_new(test_mem(), 256);
    struct list made;
    todo_faults(c, &faults);
    CHECK_TEXT(buf_sv(&faults), "");
    for (int role = 0; role < ROLE_COUNT; role++) {
        c->who = caller_as((enum role)role, 7);
        MUST_GO(c, todo_counts(c, &(struct todo_asked){ 0 }, &made));
    }
    c->who = &who_house;
    MUST_GO(c, todo_counts(c, &(struct todo_asked){ 0 }, &made));
}

TEST_DB(every_statement_is_one_that_the_database_knows)
{
    struct ctx *c = house_world(modules);
    for (size_t i = 0; sql_all[i]; i++) {
        const char *text = world_is_postgres() ? sql_all[i]->pg : sql_all[i]->sqlite;
        if (text)
            MUST_GO(c, db_prepare(c, sql_all[i]));
    }
}

static bool same_path(const char *a, const char *b)
{
    return sv_eq(sv_of(a), sv_of(b));
}

static void endpoint_check(const struct module *m, const struct endpoint *e)
{
    if (!e->run || !e->zh || !e->en || e->may >= RIGHT_COUNT)
        test_fail(__FILE__, __LINE__, "%s: %s lacks a function, a right or a summary", m->name,
                  e->path);
    if (e->takes && !e->takes_size)
        test_fail(__FILE__, __LINE__, "%s: the body of %s has no size", m->name, e->path);
    for (const struct endpoint *other = m->endpoints; other < e; other++)
        if (other->verb == e->verb && same_path(other->path, e->path))
            test_fail(__FILE__, __LINE__, "%s: %s stands twice", m->name, e->path);
}

/* Without it nobody could make an account, and no history would be sealed. */
TEST(the_machinery_of_all_entities_is_the_first_module)
{
    CHECK(modules[0] == &model_module);
}

TEST(every_endpoint_says_what_it_is_and_who_may)
{
    for (size_t i = 0; modules[i]; i++)
        for (const struct endpoint *e = modules[i]->endpoints; e && e->path; e++)
            endpoint_check(modules[i], e);
}

/* The first would have it, and the other's callers would never know why. */
static const struct module *module_with(const struct endpoint *e, const struct module *but)
{
    for (size_t i = 0; modules[i]; i++)
        for (const struct endpoint *o = modules[i]->endpoints; o && o->path; o++)
            if (modules[i] != but && o->verb == e->verb && same_path(o->path, e->path))
                return modules[i];
    return NULL;
}

TEST(no_two_modules_answer_at_one_path)
{
    for (size_t i = 0; modules[i]; i++)
        for (const struct endpoint *e = modules[i]->endpoints; e && e->path; e++)
            if (module_with(e, modules[i]))
                test_fail(__FILE__, __LINE__, "%s stands in %s and in %s", e->path,
                          modules[i]->name, module_with(e, modules[i])->name);
}

TEST_DB(a_job_done_a_day_ago_is_forgotten)
{
    struct ctx *c = house_world(modules);
    struct job_table table = { .kinds = (struct job_kind[]){ { "history_seal",
                               job_history_seal, 0, 0 } }, .kinds_n = 1 };
    struct job kept;
    int64_t id;
    bool ran, found;
    MUST_GO(c, db_begin(c));
    MUST_GO(c, job_add(c, "history_seal", SV("{}"), &id));
    MUST_GO(c, db_commit(c));
    MUST_GO(c, job_step(c, &table, &ran));
    CHECK(ran);
    MUST_GO(c, job_model_clean(c, NULL));
    MUST_GO(c, job_get(c, id, &kept, &found));
    CHECK(found);
    c->now.ms += 25 * 3600000ll;
    MUST_GO(c, job_model_clean(c, NULL));
    MUST_GO(c, job_get(c, id, &kept, &found));
    CHECK(!found);
}
