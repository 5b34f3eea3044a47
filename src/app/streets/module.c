/* module.c - when the streets are built: after publishing, and each night. */

#include "app/streets/streets.h"

#include "base/json.h"
#include "care/coverage/coverage.h"
#include "care/street/street.h"
#include "model/house.h"

static enum err build_job(struct ctx *c, const struct job *j)
{
    struct streets_built built;
    struct buf b = buf_new(&c->mem, 64);
    struct json out = json_new(&b);
    TRY(streets_build(c, &built));
    json_object(&out, NULL);
    json_int(&out, "used", (int64_t)built.used);
    json_int(&out, "loose", (int64_t)built.loose);
    json_bool(&out, "changed", built.changed);
    json_end(&out, '}');
    return job_result(c, j, buf_sv(&b));
}

static enum err coverage_job(struct ctx *c, const struct job *j)
{
    struct coverage_done done;
    struct buf b = buf_new(&c->mem, 64);
    struct json out = json_new(&b);
    bool ran;
    TRY(roads_file_refresh(c));
    TRY(coverage_when_due(c, j, &ran, &done));
    json_object(&out, NULL);
    json_bool(&out, "ran", ran);
    json_int(&out, "homes", done.homes);
    json_int(&out, "changed", done.changed);
    json_end(&out, '}');
    return job_result(c, j, buf_sv(&b));
}

static const struct job_kind jobs[] = {
    { .name = JOB_ROADS_BUILD, .run = build_job, .lease_s = 300 },
    { .name = "roads.homes", .run = streets_homes },
    { .name = "coverage", .run = coverage_job, .lease_s = 300 },
    { 0 },
};

static const struct schedule schedules[] = {
    { .name = "roads.build", .job = JOB_ROADS_BUILD, .every_s = 86400, .at_min = 5 },
    { .name = "coverage", .job = "coverage", .every_s = 1800 },
    { 0 },
};

const struct module streets_module = { .name = "streets", .jobs = jobs, .schedules = schedules };
