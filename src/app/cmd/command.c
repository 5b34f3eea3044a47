/* command.c - the table of commands, and how their options are read. */

#include "app/cmd/command.h"

#include "app/plan/plan.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DATA_OPTIONS                                                                       \
    "  --data DIR   data folder (default ./data, or $YIKE_DATA)\n"                         \
    "  --db URL     postgresql://… instead of the SQLite file in the data folder ($YIKE_DB)\n"

const struct command commands[] = {
    { "serve", "serve [--port N] [--listen ADDRESS] [--data DIR] [--db URL] [--phone]",
      "Serves the three faces and the API until it is told to stop.\n\n" DATA_OPTIONS
      "  --port N     default 8080\n"
      "  --listen A   address to bind, default 127.0.0.1\n"
      "  --public-url U  where people reach it, such as https://yike.example (cookies then need "
      "TLS)\n"
      "  --phone      TLS with a certificate of its own on all addresses, with a QR code, so that\n"
      "               phones on the local network can use camera and location\n"
      "  --clock T    stand still at this moment (2026-11-21T09:00:00+08:00), or run so many "
      "seconds\n"
      "               ahead of the machine (+3600, -3600), for tests; every command: $YIKE_CLOCK\n",
      serve_command },
    { "demo", "demo [--size street|district] [--seed N] [--if-empty] [--data DIR] [--db URL]",
      "Makes the demo city 云汀市安澜区: streets, homes, care places, 90 days of orders.\n"
      "The same seed makes the same city. Refuses a database that holds rows "
      "already.\n\n" DATA_OPTIONS
      "  --size S     street: 20,000 elders (default); district: 200,000\n"
      "  --seed N     default 1\n"
      "  --if-empty   do nothing, and be content, when the database is in use\n",
      demo_command },
    { "import", "import WHAT FILE… [--map …] [--city NAME] …",
      "Takes real data in; all of a file or none of it, every bad line named.\n\n"
      "  yike import roads city.osm.pbf        streets, put into service at once\n"
      "  yike import divisions divisions.csv   code,name,parent_code[,valid_from,valid_to]\n"
      "  yike import places places.csv         id,name,kind,lat,lon[,datum,address,phone,hours,\n"
      "                                        capacity,org,division,verified_on]\n"
      "  yike import compounds compounds.csv   id,name,lat,lon[,datum,aliases,address]\n"
      "  yike import buildings buildings.csv   id,compound_id,name[,lat,lon,storeys,lift]\n"
      "  yike import entrances entrances.csv   id,building_id,name[,lat,lon]\n"
      "  yike import offers offers.csv         place_id,item,price[,week,capacity,category]\n"
      "  yike import sheet list.xlsx           an office's list, .xlsx or .csv: columns found,\n"
      "                                        rows looked at; stored only with --confirm\n"
      "  yike import undo BATCH                takes a stored list back\n\n"
      "A second import of the same ids changes what differs; nothing is removed.\n"
      "While a file is being stored other writers wait (some seconds for 100,000 "
      "rows).\n\n" DATA_OPTIONS "  --map LIST       other headers: --map name=名称,lat=纬度\n"
      "  --datum D        of rows without their own: wgs84 (default), gcj02, bd09, cgcs2000\n"
      "  --division CODE  of rows that lie in no division's boundary\n"
      "  --city NAME      or the top division of this name, made when there is none\n"
      "  --source NAME    whose ids they are, when several lists are imported; of a sheet: its\n"
      "                   columns are remembered under this name\n"
      "  --entity NAME    sheet: what its rows are (elder; contact, carer, place, organisation …)\n"
      "  --returned FILE  sheet: where the list goes with its mistakes marked\n"
      "  --confirm        sheet: store what is right\n",
      import_command },
    { "export", "export ENTITY [--data DIR] [--db URL] [--reason TEXT]",
      "Writes an entity's rows as CSV to standard output, masked, streamed.\n\n" DATA_OPTIONS
      "  --reason T   why it is taken out; noted in the access log\n",
      export_command },
    { "migrate", "migrate [--plan] [--search] [--data DIR] [--db URL]",
      "Makes the database match this program: adds tables, columns, indexes; never loses "
      "data.\n\n" DATA_OPTIONS "  --plan       only print the steps\n"
      "  --search     make what rows are searched by anew, with nobody serving\n",
      migrate_command },
    { "check", "check [--data DIR] [--db URL]",
      "Verifies every invariant there is: schema, history seals, files, keys, sums, "
      "clashes.\n\n" DATA_OPTIONS,
      check_command },
    { "account",
      "account LOGIN --role ROLE [--name NAME] [--scope CODE | --org NAME] [--data DIR] …",
      "Lets a member of staff sign in: makes the account (its password is shown once) or gives an\n"
      "existing one another role. The first account of a house is made this way.\n\n" DATA_OPTIONS
      "  --role R     director, district_officer, street_officer, community_worker, clerk_12345,\n"
      "               assessor, auditor, station_manager, provider, system_admin, security_admin,\n"
      "               audit_admin; the three administrators are three people\n"
      "  --scope C    division code of the area seen: 2, 4, 6, 9 or 12 digits\n"
      "  --org N      name of the organisation, for station_manager and provider\n",
      account_command },
    { "backup", "backup FILE [--data DIR] [--db URL]",
      "Writes everything but the keys into one file, while the house is serving.\n\n" DATA_OPTIONS,
      backup_command },
    { "restore", "restore FILE [--data DIR] [--db URL]",
      "Fills an empty data folder and database from a backup.\n\n" DATA_OPTIONS, restore_command },
    { "roads", "roads import|circle|nearest|route|info …",
      "Road files by themselves; yike roads --help tells more.\n", roads_command },
    { "plan", "plan sites|pairs|tours …", "The optimisers on files; yike plan --help tells more.\n",
      plan_command },
    { 0 },
};

const struct command *command_named(const char *name)
{
    for (const struct command *k = commands; k->name; k++)
        if (strcmp(k->name, name) == 0)
            return k;
    return NULL;
}

static const struct option_row *row_named(const struct option_row *rows, const char *name)
{
    for (; rows->name; rows++)
        if (strcmp(rows->name, name) == 0)
            return rows;
    return NULL;
}

static bool wrong(const struct command *k, const char *what, const char *about)
{
    fprintf(stderr, "yike %s: %s %s\nusage: yike %s\n", k->name, what, about, k->usage);
    return false;
}

bool options_read(const struct command *k, int argc, char **argv, const struct option_row *rows,
                  const char **ret_rest, size_t rest_max, bool *ret_help)
{
    size_t rest = 0;
    *ret_help = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            printf("usage: yike %s\n\n%s", k->usage, k->help);
            *ret_help = true;
            return true;
        }
        if (strncmp(argv[i], "--", 2) != 0) {
            if (rest + 1 > rest_max)
                return wrong(k, "does not know what to do with", argv[i]);
            ret_rest[rest++] = argv[i];
            continue;
        }
        const struct option_row *row = row_named(rows, argv[i] + 2);
        if (!row)
            return wrong(k, "has no option", argv[i]);
        if (row->on)
            *row->on = true;
        else if (i + 1 < argc)
            *row->text = argv[++i];
        else
            return wrong(k, "needs a value for", argv[i]);
    }
    if (ret_rest)
        ret_rest[rest] = NULL;
    return true;
}

int command_failed(struct ctx *c, const char *what)
{
    const struct fault *f = &c->fault;
    struct sv text = house_message(c->house, &c->mem, c->lang, f->key, f->arg0, f->arg1);
    for (size_t i = 0; i < f->fields_n; i++) {
        const struct field_fault *one = &f->fields[i];
        struct sv why = house_message(c->house, &c->mem, c->lang, one->key, one->arg0, one->arg1);
        fprintf(stderr, "  %.*s: %.*s\n", SV_ARG(one->field), SV_ARG(why));
    }
    fprintf(stderr, "yike %s: %.*s (%.*s)\n", what, SV_ARG(text), SV_ARG(f->log));
    return EXIT_FAILED;
}

int command_run(const struct command *k, const struct config *config, enum start_use use,
                enum err (*work)(struct start *s, void *arg), void *arg)
{
    struct start s = { 0 };
    enum err e = start_open(&s, config, use);
    if (e == ERR_NONE)
        e = work(&s, arg);
    int code = e == ERR_NONE ? EXIT_DONE : command_failed(&s.ctx, k->name);
    start_close(&s);
    return code;
}

void progress_show(struct progress *p, int64_t done, int64_t total)
{
    int64_t now = moment_real().ms;
    if (!p->started_ms)
        p->started_ms = p->shown_ms = now;
    if (now - p->shown_ms < 1000 || !isatty(STDERR_FILENO))
        return;
    p->shown_ms = now;
    int64_t left_s = done && total ? (now - p->started_ms) * (total - done) / done / 1000 : 0;
    fprintf(stderr, "\r%s: %lld / %lld, about %lld s left   ", p->what, (long long)done,
            (long long)total, (long long)left_s);
}

void progress_end(struct progress *p, int64_t done)
{
    if (isatty(STDERR_FILENO) && p->started_ms)
        fprintf(stderr, "\r\033[K");
    fprintf(stderr, "%s: %lld\n", p->what, (long long)done);
}
