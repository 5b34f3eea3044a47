/* tables.c - the tables store itself needs. */

#include "store/schema.h"

#define INT_(n)      { .name = n, .type = VALUE_INT, .not_null = true, .default_sql = "0" }
#define WHEN_(n)     { .name = n, .type = VALUE_INT }
#define TEXT_(n)     { .name = n, .type = VALUE_TEXT, .not_null = true }
#define OPTIONAL_(n) { .name = n, .type = VALUE_TEXT }
#define COUNTED_(n)  { .name = n, .type = VALUE_INT, .not_null = true, .counted = true }
#define STAYING_(n)  { .name = n, .type = VALUE_INT, .not_null = true, .counted = true, \
                       .last_stays = true }
#define COLUMNS_(a)  .columns = a, .columns_n = sizeof a / sizeof a[0]

/* seq is given by event.c on PostgreSQL, by the engine on SQLite; event_trim leaves the last. */
static const struct column event_columns[] = {
    STAYING_("seq"), TEXT_("entity"), INT_("row_id"), TEXT_("action"), INT_("scope"), WHEN_("org"),
    WHEN_("account"), INT_("at"),
};

static const struct column job_columns[] = {
    COUNTED_("id"),       TEXT_("kind"),       OPTIONAL_("input"), TEXT_("state"),
    INT_("done"),         INT_("total"),       INT_("tries"),      INT_("not_before"),
    WHEN_("lease_until"), OPTIONAL_("result"), OPTIONAL_("error"), WHEN_("account"),
    INT_("scope"),        INT_("cancel"),      INT_("created_at"), WHEN_("ended_at"),
};
static const struct index job_indexes[] = {
    { .name = "due", .columns = "not_before, id", .where = "ended_at IS NULL" },
    { .name = "account", .columns = "account, id" },
    { 0 },
};

/* One row a schedule: the last period that was put in, and the job it became. */
static const struct column schedule_columns[] = {
    TEXT_("name"), INT_("period"), INT_("job"), INT_("until"),
};

static const struct column outbox_columns[] = {
    STAYING_("id"), TEXT_("way"), TEXT_("address"), TEXT_("template"), OPTIONAL_("content"),
    TEXT_("once"), INT_("not_before"), TEXT_("state"), INT_("tries"), INT_("created_at"),
    WHEN_("sent_at"), WHEN_("lease_until"),
};
static const struct index outbox_indexes[] = {
    { .name = "once", .columns = "once", .unique = true },
    { .name = "way_due", .columns = "way, not_before, id",
      .where = "state IN ('waiting', 'sending')" },
    { 0 },
};

static const struct column node_columns[] = {
    { .name = "id", .type = VALUE_INT, .not_null = true }, INT_("owner"), INT_("lease_until"),
};

static const struct column log_columns[] = {
    COUNTED_("id"), INT_("at"), TEXT_("step"), INT_("number"),
};

/* Numbers that outlive a process: event_base (event.c). */
static const struct column state_columns[] = { TEXT_("name"), INT_("value") };

const struct table store_tables[] = {
    { .name = "schema_log", COLUMNS_(log_columns), .append_only = true },
    { .name = "store_state", COLUMNS_(state_columns) },
    { .name = "event", COLUMNS_(event_columns), .append_only = true, .trimmed = true },
    { .name = "job", COLUMNS_(job_columns), .indexes = job_indexes },
    { .name = "schedule", COLUMNS_(schedule_columns) },
    { .name = "outbox", COLUMNS_(outbox_columns), .indexes = outbox_indexes },
    { .name = "node", COLUMNS_(node_columns) },
};
const size_t store_tables_n = sizeof store_tables / sizeof store_tables[0];
