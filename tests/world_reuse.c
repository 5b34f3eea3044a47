/*
 * world_reuse.c - a test's database on PostgreSQL, for the next test.
 *
 * Copying a template of some hundred tables costs far more than the test that uses the copy.
 * PostgreSQL counts what is written to each table, so that what a test wrote is known without
 * its help. A test is over when its connections are: a backend hands in its counts before it
 * leaves pg_stat_activity.
 */

#include "world_reuse.h"
#include "test.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOTES_MAX = 32, NAMES_ROOM = 2048, ROWS_MAX = 5000, LEAVE_TRIES = 100, LEAVE_US = 2000 };

static struct { char template[64], filled[NAMES_ROOM]; } notes[NOTES_MAX];
static int notes_n;

/* What the tables of a template hold when it is copied, as a literal of an array of names. */
static const char filled_sql[] =
    "SELECT coalesce(array_agg(relname), '{}')::text FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0";

static const char others_sql[] =
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

/* A table, index or column was made or changed. */
static const char changed_sql[] =
    "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_sys_tables"
    " WHERE relid IN ('pg_class'::regclass, 'pg_attribute'::regclass, 'pg_constraint'::regclass)";

#define WRITTEN                                                                                  \
    " FROM pg_class c, LATERAL (SELECT pg_stat_get_tuples_inserted(c.oid)"                       \
    " + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid) AS n) AS wrote"    \
    " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND wrote.n > 0"

static const char rows_sql[] = "SELECT coalesce(sum(wrote.n), 0)" WRITTEN;
static const char kept_sql[] = "SELECT count(*)" WRITTEN " AND c.relname = ANY($1::text[])";

/* Uncounted, and in any order of the tables. */
static const char empty_sql[] =
    "SET track_counts = off; SET session_replication_role = replica;"
    "DO $$ DECLARE t record; s text; BEGIN"
    " FOR t IN SELECT c.oid, c.oid::regclass AS name" WRITTEN " LOOP"
    "  EXECUTE format('DELETE FROM %s', t.name);"
    "  FOR s IN SELECT d.objid::regclass::text FROM pg_depend d JOIN pg_class q ON q.oid = d.objid"
    "   WHERE d.refobjid = t.oid AND q.relkind = 'S' LOOP"
    "   PERFORM setval(s, 1, false);"
    "  END LOOP; END LOOP; END $$;"
    "SELECT pg_stat_reset()";

/* The first value of an answer; "" when there is none. */
static const char *ask(PGconn *link, const char *sql, const char *const *values)
{
    PGresult *r = PQexecParams(link, sql, values ? 1 : 0, NULL, values, NULL, NULL, 0);
    const char *text = "";
    if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) > 0)
        text = sv_fmt(test_mem(), "%s", PQgetvalue(r, 0, 0)).at;
    PQclear(r);
    return text;
}

static bool is_zero(const char *answer)
{
    return strcmp(answer, "0") == 0;
}

void reuse_note(const char *template, const char *url)
{
    for (int i = 0; i < notes_n; i++)
        if (strcmp(notes[i].template, template) == 0)
            return;
    if (notes_n == NOTES_MAX)
        test_fail(__FILE__, __LINE__, "at most %d templates are used again", NOTES_MAX);
    PGconn *link = PQconnectdb(url);
    const char *filled = ask(link, filled_sql, NULL);
    PQfinish(link);
    if (!*filled || strlen(filled) >= NAMES_ROOM)
        test_fail(__FILE__, __LINE__, "could not read what %s holds", template);
    snprintf(notes[notes_n].template, sizeof notes[0].template, "%s", template);
    snprintf(notes[notes_n++].filled, NAMES_ROOM, "%s", filled);
}

static const char *filled_of(const char *template)
{
    for (int i = 0; i < notes_n; i++)
        if (strcmp(notes[i].template, template) == 0)
            return notes[i].filled;
    return NULL;
}

static bool left(PGconn *link)
{
    for (int i = 0; i < LEAVE_TRIES; i++) {
        if (is_zero(ask(link, others_sql, NULL)))
            return true;
        usleep(LEAVE_US);
    }
    return false;
}

static bool emptied(PGconn *link)
{
    PGresult *r = PQexec(link, empty_sql);
    bool done = PQresultStatus(r) == PGRES_TUPLES_OK;
    PQclear(r);
    return done;
}

bool reuse_clean(const char *template, const char *url)
{
    const char *filled = filled_of(template);
    if (!filled)
        return false;
    PGconn *link = PQconnectdb(url);
    bool clean = PQstatus(link) == CONNECTION_OK && left(link) &&
                 is_zero(ask(link, changed_sql, NULL)) &&
                 is_zero(ask(link, kept_sql, (const char *[]){ filled })) &&
                 strtol(ask(link, rows_sql, NULL), NULL, 10) <= ROWS_MAX && emptied(link);
    PQfinish(link);
    return clean;
}
