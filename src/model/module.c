/* module.c - model as a module: its entities, plain tables, jobs and messages. */

#include "model/history/access.h"
#include "model/who/account.h"
#include "model/history/history.h"
#include "model/idempotency.h"
#include "model/inside.h"
#include "model/jobs.h"
#include "model/module.h"

SQL(jobs_clean);

enum { JOBS_KEEP_HOURS = 24, EVENTS_KEEP_DAYS = 30 };

static const struct entity *const entities[] = {
    &account_entity, &access_grant_entity, &history_entity, &access_log_entity, NULL,
};

/* --- plain tables --- */

static const struct column session_columns[] = {
    { .name = "id", .type = VALUE_INT, .not_null = true },
    { .name = "token", .type = VALUE_TEXT, .not_null = true },       /* SHA-256 of the token, hex */
    { .name = "account", .type = VALUE_INT, .not_null = true },
    { .name = "role", .type = VALUE_TEXT, .not_null = true },
    { .name = "weak", .type = VALUE_INT, .not_null = true },
    { .name = "bearer", .type = VALUE_INT, .not_null = true },
    { .name = "agent", .type = VALUE_TEXT },
    { .name = "created_at", .type = VALUE_INT, .not_null = true },
    { .name = "used_at", .type = VALUE_INT, .not_null = true },
    { .name = "ended_at", .type = VALUE_INT },
};
static const struct index session_indexes[] = {
    { .name = "token", .columns = "token", .unique = true },
    { .name = "account", .columns = "account" },
    { .name = "created", .columns = "created_at" },
    { 0 },
};

static const struct column search_entry_columns[] = {
    { .name = "entity", .type = VALUE_TEXT, .not_null = true },
    { .name = "bucket", .type = VALUE_INT, .not_null = true },       /* the district */
    { .name = "rank", .type = VALUE_INT, .not_null = true },
    { .name = "key", .type = VALUE_TEXT, .not_null = true },
    { .name = "scope", .type = VALUE_INT, .not_null = true },
    { .name = "row_id", .type = VALUE_INT, .not_null = true },
};

static const struct column elder_key_columns[] = {
    { .name = "elder", .type = VALUE_INT, .not_null = true },
    { .name = "wrapped", .type = VALUE_BLOB }, /* NULL once it has been destroyed */
    { .name = "created_at", .type = VALUE_INT, .not_null = true },
    { .name = "erased_at", .type = VALUE_INT },
};

static const struct column history_seal_columns[] = {
    { .name = "seq", .type = VALUE_INT, .not_null = true },
    { .name = "first_id", .type = VALUE_INT, .not_null = true },
    { .name = "last_id", .type = VALUE_INT, .not_null = true },
    { .name = "count", .type = VALUE_INT, .not_null = true },
    { .name = "ids", .type = VALUE_BLOB, .not_null = true },      /* in order of the leaves */
    { .name = "root", .type = VALUE_TEXT, .not_null = true },
    { .name = "previous", .type = VALUE_TEXT, .not_null = true }, /* hash of the seal before */
    { .name = "hash", .type = VALUE_TEXT, .not_null = true },
    { .name = "at", .type = VALUE_INT, .not_null = true },
};
static const struct index history_seal_indexes[] = {
    { .name = "last", .columns = "last_id" },
    { 0 },
};

static const struct column idempotency_columns[] = {
    { .name = "account", .type = VALUE_INT, .not_null = true },
    { .name = "key", .type = VALUE_TEXT, .not_null = true },
    { .name = "hash", .type = VALUE_TEXT, .not_null = true },
    { .name = "status", .type = VALUE_INT, .not_null = true },
    { .name = "type", .type = VALUE_TEXT },
    { .name = "etag", .type = VALUE_TEXT },
    { .name = "location", .type = VALUE_TEXT },
    { .name = "body", .type = VALUE_TEXT },
    { .name = "at", .type = VALUE_INT, .not_null = true },
};
static const struct index idempotency_indexes[] = {
    { .name = "at", .columns = "at" },
    { 0 },
};

#define COLUMNS(list) .columns = list, .columns_n = sizeof list / sizeof list[0]
const struct table model_tables[] = {
    { .name = "session", COLUMNS(session_columns), .indexes = session_indexes },
    { .name = "search_entry", COLUMNS(search_entry_columns),
      .key = "entity, bucket, rank, key, scope, row_id", .all_key = true },
    { .name = "elder_key", COLUMNS(elder_key_columns) },
    { .name = "history_seal", COLUMNS(history_seal_columns), .indexes = history_seal_indexes,
      .append_only = true },
    { .name = "idempotency", COLUMNS(idempotency_columns), .key = "account, key",
      .indexes = idempotency_indexes },
    { 0 },
};

/* --- jobs --- */

/* One a second is put in to seal history: the table must not grow by all of them. */
static enum err jobs_clean(struct ctx *c)
{
    int64_t before = c->now.ms - (int64_t)JOBS_KEEP_HOURS * 3600000;
    return db_run(c, &sql_jobs_clean, PARAMS(P_INT("before", before)), NULL);
}

static enum err clean_once(struct ctx *c, void *none)
{
    (void)none;
    TRY(sessions_clean(c));
    TRY(jobs_clean(c));
    return idempotency_clean(c);
}

/* Readers are seconds behind; an event stream that was away longer begins anew. */
static enum err trim_once(struct ctx *c, void *n)
{
    int days = c->house->config ? c->house->config->keep_events_days : 0;
    struct moment before = { c->now.ms - (days > 0 ? days : EVENTS_KEEP_DAYS) * MS_A_DAY };
    return event_trim(c, before, n);
}

enum err job_model_clean(struct ctx *c, const struct job *j)
{
    (void)j;
    TRY(transaction(c, clean_once, NULL));
    int64_t n = EVENT_TRIM_MAX;
    while (n >= EVENT_TRIM_MAX)
        TRY(transaction_batch(c, trim_once, &n));
    return ERR_NONE;
}

static enum err job_statistics(struct ctx *c, const struct job *j)
{
    (void)j;
    struct schema schema = house_schema(c->house, &c->mem);
    return schema_statistics(c, &schema);
}

static const struct job_kind jobs[] = {
    { .name = "history_seal", .run = job_history_seal },
    { .name = "model_clean", .run = job_model_clean },
    { .name = "statistics", .run = job_statistics, .lease_s = 7200 },
    { 0 },
};

static const struct schedule schedules[] = {
    { .name = "history_seal", .job = "history_seal", .every_s = 1 },
    { .name = "model_clean", .job = "model_clean", .every_s = 3600 },
    { .name = "statistics", .job = "statistics", .every_s = 86400, .at_min = 220 },
    { 0 },
};

const struct module model_module = {
    .name = "model", .entities = entities, .tables = model_tables, .messages = model_messages,
    .jobs = jobs, .schedules = schedules,
};
