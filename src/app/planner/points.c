/* points.c - reads tables of points: mapped, cut into lines, shared out to threads. */

#include "app/planner/points.h"

#include "app/planner/intern.h"
#include "geo/degrees.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const points_levels[POINTS_LEVELS] = { "community", "street", "district" };
const char *const points_states[POINTS_STATES] = { "free", "existing", "forced", "forbidden" };

enum { COLUMNS_MAX = 200, PARTS_MAX = 16, ELDERS_MAX = 1000000, CAPACITY_MAX = 10000000,
       PART_BYTES = 1 << 20 };
#define COST_MAX INT64_C(100000000000000)            /* in hundredths */

enum what { WHAT_NOTHING, WHAT_ID, WHAT_LAT, WHAT_LON, WHAT_ELDERS, WHAT_KIND, WHAT_CAPACITY,
            WHAT_COST, WHAT_STATE, WHAT_AREA, WHAT_END = WHAT_AREA + POINTS_LEVELS };
static const char *const whats[WHAT_END] = { "", "id", "lat", "lon", "elders", "kind", "capacity",
                                             "cost", "state", "community", "street", "district" };

/* A thread's share of the lines, and what it finds. */
struct part {
    struct reading *reading;
    const char     *at, *end;
    int64_t         line, lines;         /* of the file, from 1 */
    uint32_t        first, rows;
    struct arena    mem;
    struct intern   kinds, areas[POINTS_LEVELS];
    const char     *why, *column;        /* the first fault, at `line` */
};

struct reading {
    struct points *table;
    enum datum    datum;
    uint8_t       what[COLUMNS_MAX];
    size_t        columns;
    bool          has[WHAT_END];
    struct part   part[PARTS_MAX];
    int           parts;
};

/* --- cells --- */

/* The next cell of a line; quotes are taken off, doubled ones made one. False: not closed. */
static bool cell_cut(struct part *p, const char **at, const char *end, struct sv *ret_cell)
{
    const char *from = *at;
    if (from == end || *from != '"') {
        const char *comma = memchr(from, ',', (size_t)(end - from));
        *ret_cell = (struct sv){ from, (size_t)((comma ? comma : end) - from) };
        *at = comma ? comma + 1 : NULL;
        return true;
    }
    char *text = arena_room(&p->mem, (size_t)(end - from), 1);
    size_t n = 0;
    for (from++; from < end; from++) {
        if (*from == '"' && (from + 1 == end || from[1] != '"'))
            break;
        from += *from == '"';
        text[n++] = *from;
    }
    *ret_cell = (struct sv){ text, n };
    if (from == end || (from + 1 < end && from[1] != ','))
        return false;
    *at = from + 1 < end ? from + 2 : NULL;
    return true;
}

static struct sv line_cut(const char **at, const char *end)
{
    const char *from = *at, *feed = memchr(from, '\n', (size_t)(end - from));
    const char *stop = feed ? feed : end;
    *at = feed ? feed + 1 : end;
    if (stop > from && stop[-1] == '\r')
        stop--;
    return (struct sv){ from, (size_t)(stop - from) };
}

/* --- rows --- */

static bool fault(struct part *p, const char *column, const char *why)
{
    p->column = column;
    p->why = why;
    return false;
}

static bool take_point(struct part *p, const struct sv *cell, uint32_t row)
{
    int64_t lat, lon;
    if (!sv_degrees_e7(cell[WHAT_LAT], LAT_E7_MAX, &lat))
        return fault(p, "lat", "it is no latitude");
    if (!sv_degrees_e7(cell[WHAT_LON], LON_E7_MAX, &lon))
        return fault(p, "lon", "it is no longitude");
    p->reading->table->at[row] =
        datum_to_wgs84(p->reading->datum, (struct point){ (int32_t)lat, (int32_t)lon });
    return true;
}

static bool take_numbers(struct part *p, const struct sv *cell, uint32_t row)
{
    struct points *t = p->reading->table;
    int64_t elders = 1;
    double capacity = 0;
    if (cell[WHAT_ELDERS].len && !sv_int(cell[WHAT_ELDERS], 0, ELDERS_MAX, &elders))
        return fault(p, "elders", "it is no whole number from 0 to 1,000,000");
    if (cell[WHAT_CAPACITY].len && !sv_real(cell[WHAT_CAPACITY], 0, CAPACITY_MAX, &capacity))
        return fault(p, "capacity", "it is no number from 0 to 10,000,000");
    t->elders[row] = (uint32_t)elders;
    if (t->capacity)
        t->capacity[row] = capacity;
    return true;
}

/* What a place that may be built costs, and whether there is a choice. */
static bool take_building(struct part *p, const struct sv *cell, uint32_t row)
{
    struct points *t = p->reading->table;
    uint8_t state = POINTS_FREE;
    if (t->cost && (!cell[WHAT_COST].len || !sv_fixed(cell[WHAT_COST], 2, 0, COST_MAX,
                                                      &t->cost[row])))
        return fault(p, "cost", "it is no amount from 0 to 1,000,000,000,000");
    while (state < POINTS_STATES && cell[WHAT_STATE].len
           && !sv_is(cell[WHAT_STATE], points_states[state]))
        state++;
    if (state == POINTS_STATES)
        return fault(p, "state", "it is none of free, existing, forced, forbidden");
    if (t->state)
        t->state[row] = state;
    return true;
}

static bool take_names(struct part *p, const struct sv *cell, uint32_t row)
{
    struct points *t = p->reading->table;
    if (cell[WHAT_ID].len == 0)
        return fault(p, "id", "it is empty");
    t->id[row] = cell[WHAT_ID];
    uint32_t kind = intern_put(&p->kinds, &p->mem, (struct area){ { cell[WHAT_KIND] } });
    if (kind >= POINTS_KINDS_MAX)
        return fault(p, "kind", "there are more than 32 kinds");
    t->kind[row] = (uint8_t)kind;
    for (int level = 0; level < POINTS_LEVELS; level++) {
        struct area area = { 0 };
        if (!p->reading->has[WHAT_AREA + level])
            continue;
        for (int up = level; up < POINTS_LEVELS; up++)
            area.name[up] = cell[WHAT_AREA + up];
        t->area_of[level][row] = intern_put(&p->areas[level], &p->mem, area);
    }
    return true;
}

static bool row_read(struct part *p, struct sv line, uint32_t row)
{
    struct sv cell[WHAT_END] = { 0 }, one;
    const struct reading *r = p->reading;
    const char *at = line.at, *end = line.at + line.len;
    if (!sv_utf8(line))
        return fault(p, NULL, "it is no UTF-8 text; save the table as CSV UTF-8");
    for (size_t i = 0; at; i++) {
        if (!cell_cut(p, &at, end, &one))
            return fault(p, NULL, "a quote is not closed; a row must stand on one line");
        if (i < r->columns && r->what[i])
            cell[r->what[i]] = sv_trim(one);
    }
    return take_point(p, cell, row) && take_numbers(p, cell, row)
           && take_building(p, cell, row) && take_names(p, cell, row);
}

static void *part_read(void *arg)
{
    struct part *p = arg;
    uint32_t row = p->first;
    for (const char *at = p->at; at < p->end && !p->why; p->line++) {
        struct sv line = line_cut(&at, p->end);
        if (sv_trim(line).len && !row_read(p, line, row++))
            return NULL;
    }
    return NULL;
}

static void *part_count(void *arg)
{
    struct part *p = arg;
    for (const char *at = p->at; at < p->end; p->lines++)
        p->rows += sv_trim(line_cut(&at, p->end)).len > 0;
    return NULL;
}

static void parts_run(struct reading *r, void *(*work)(void *part))
{
    pthread_t thread[PARTS_MAX];
    bool started[PARTS_MAX] = { false };
    for (int i = 1; i < r->parts; i++)
        started[i] = pthread_create(&thread[i], NULL, work, &r->part[i]) == 0;
    work(&r->part[0]);
    for (int i = 1; i < r->parts; i++)
        if (started[i])
            pthread_join(thread[i], NULL);
        else
            work(&r->part[i]);
}

/* --- the file --- */

static enum err refuse(struct ctx *c, const char *path, const char *why)
{
    enum err kind = fail(c, ERR_INVALID, "roads.table", "%s: %s", path, why);
    c->fault.arg0 = sv_copy(&c->mem, sv_of(path));
    c->fault.arg1 = sv_copy(&c->mem, sv_of(why));
    return kind;
}

static enum err map_file(struct ctx *c, const char *path, struct points *t)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return refuse(c, path, strerror(errno));
    bool file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    if (file && st.st_size > 0) {
        t->map_size = (size_t)st.st_size;
        t->map = mmap(NULL, t->map_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
        if (t->map == MAP_FAILED)
            t->map = NULL;
    }
    close(fd);
    if (!t->map)
        return refuse(c, path, !file ? "it is not a file" : t->map_size ? "it cannot be mapped"
                                                                          : "it is empty");
    return ERR_NONE;
}

static enum err head_read(struct ctx *c, struct reading *r, const char **at, const char *end,
                          enum points_need need)
{
    if ((size_t)(end - *at) >= 3 && memcmp(*at, "\xEF\xBB\xBF", 3) == 0)
        *at += 3;
    struct sv line = line_cut(at, end), one;
    const char *from = line.at;
    for (; from && r->columns < COLUMNS_MAX; r->columns++) {
        if (!cell_cut(&r->part[0], &from, line.at + line.len, &one))
            return refuse(c, r->table->path, "line 1: a quote is not closed");
        for (int what = WHAT_ID; what < WHAT_END; what++)
            if (sv_trim(one).len == strlen(whats[what]) &&
                strncasecmp(sv_trim(one).at, whats[what], strlen(whats[what])) == 0) {
                r->what[r->columns] = (uint8_t)what;
                r->has[what] = true;
            }
    }
    for (int what = WHAT_ID; what <= WHAT_LON; what++)
        if (!r->has[what])
            return refuse(c, r->table->path,
                          sv_fmt(&c->mem, "line 1: there is no column %s", whats[what]).at);
    if (need == POINTS_PLACES && !r->has[WHAT_KIND])
        return refuse(c, r->table->path, "line 1: there is no column kind");
    return ERR_NONE;
}

/* Shares begin behind a line's end. */
static void parts_cut(struct reading *r, const char *at, const char *end, int threads)
{
    size_t size = (size_t)(end - at), most = size / PART_BYTES + 1;
    r->parts = threads < 1 ? 1 : threads > PARTS_MAX ? PARTS_MAX : threads;
    if ((size_t)r->parts > most)
        r->parts = (int)most;
    const char *from = at;
    for (int i = 0; i < r->parts; i++) {
        const char *to = at + size * (size_t)(i + 1) / (size_t)r->parts;
        const char *feed = to < end && to > from ? memchr(to, '\n', (size_t)(end - to)) : NULL;
        to = i + 1 == r->parts ? end : to <= from ? from : feed ? feed + 1 : end;
        r->part[i].reading = r;
        r->part[i].at = from;
        r->part[i].end = from = to;
    }
}

static enum err rows_number(struct ctx *c, struct reading *r)
{
    uint64_t rows = 0;
    int64_t line = 2;
    parts_run(r, part_count);
    for (int i = 0; i < r->parts; i++) {
        r->part[i].first = (uint32_t)rows;
        r->part[i].line = line;
        rows += r->part[i].rows;
        line += r->part[i].lines;
    }
    if (rows == 0)
        return refuse(c, r->table->path, "it has a head and no rows");
    if (rows > POINTS_ROWS_MAX)
        return refuse(c, r->table->path, "it has more than 50,000,000 rows");
    r->table->n = (uint32_t)rows;
    return ERR_NONE;
}

#define ROOM(c, T, n) arena_room(&(c)->mem, (size_t)(n) * sizeof(T), alignof(T))

static void arrays_take(struct ctx *c, const struct reading *r)
{
    struct points *t = r->table;
    t->id = ROOM(c, struct sv, t->n);
    t->at = ROOM(c, struct point, t->n);
    t->elders = ROOM(c, uint32_t, t->n);
    t->capacity = r->has[WHAT_CAPACITY] ? ROOM(c, double, t->n) : NULL;
    t->kind = ROOM(c, uint8_t, t->n);
    for (int level = 0; level < POINTS_LEVELS; level++)
        if (r->has[WHAT_AREA + level])
            t->area_of[level] = ROOM(c, uint32_t, t->n);
    t->cost = r->has[WHAT_COST] ? ROOM(c, int64_t, t->n) : NULL;
    t->state = r->has[WHAT_STATE] ? ROOM(c, uint8_t, t->n) : NULL;
    t->has_capacity = r->has[WHAT_CAPACITY];
}

/* The numbers of a part's names become those of the table, in order of their first row. */
static void areas_join(struct ctx *c, struct reading *r, int level)
{
    struct intern all = { 0 };
    struct points *t = r->table;
    for (int i = 0; i < r->parts; i++) {
        struct part *p = &r->part[i];
        uint32_t *number = NEW(&c->mem, uint32_t, p->areas[level].n);
        for (uint32_t k = 0; k < p->areas[level].n; k++)
            number[k] = intern_put(&all, &c->mem, p->areas[level].name[k]);
        for (uint32_t row = p->first; row < p->first + p->rows; row++)
            t->area_of[level][row] = number[t->area_of[level][row]];
    }
    t->area[level] = all.name;
    t->areas[level] = all.n;
}

static enum err kinds_join(struct ctx *c, struct reading *r)
{
    struct intern all = { 0 };
    struct points *t = r->table;
    for (int i = 0; i < r->parts; i++) {
        struct part *p = &r->part[i];
        uint8_t number[POINTS_KINDS_MAX];
        for (uint32_t k = 0; k < p->kinds.n; k++)
            number[k] = (uint8_t)intern_put(&all, &c->mem, p->kinds.name[k]);
        if (all.n > POINTS_KINDS_MAX)
            return refuse(c, t->path, "column kind: there are more than 32 kinds");
        for (uint32_t row = p->first; row < p->first + p->rows; row++)
            t->kind[row] = number[t->kind[row]];
    }
    t->kinds_n = all.n;
    for (uint32_t k = 0; k < all.n; k++)
        t->kinds[k] = all.name[k].name[0];
    return ERR_NONE;
}

static enum err faults_told(struct ctx *c, const struct reading *r)
{
    for (int i = 0; i < r->parts; i++) {
        const struct part *p = &r->part[i];
        if (!p->why)
            continue;
        struct sv where = p->column ? sv_fmt(&c->mem, ", column %s", p->column) : SV("");
        return refuse(c, r->table->path,
                      sv_fmt(&c->mem, "line %lld%.*s: %s", (long long)p->line, SV_ARG(where),
                             p->why).at);
    }
    return ERR_NONE;
}

static enum err parts_read(struct ctx *c, struct reading *r)
{
    TRY(rows_number(c, r));
    arrays_take(c, r);
    parts_run(r, part_read);
    TRY(faults_told(c, r));
    for (int level = 0; level < POINTS_LEVELS; level++)
        if (r->has[WHAT_AREA + level])
            areas_join(c, r, level);
    return kinds_join(c, r);
}

enum err points_read(struct ctx *c, const char *path, enum points_need need, enum datum datum,
                    int threads, struct points *ret_points)
{
    struct points *t = ret_points;
    struct reading *r = NEW(&c->mem, struct reading, 1);
    *t = (struct points){ .path = path };
    r->table = t;
    r->datum = datum;
    r->parts = 1;
    TRY(map_file(c, path, t));
    const char *at = t->map, *end = at + t->map_size;
    TRY(head_read(c, r, &at, end, need));
    parts_cut(r, at, end, threads);
    enum err e = parts_read(c, r);
    for (int i = 0; i < r->parts; i++)
        arena_join(&c->mem, &r->part[i].mem);
    return e;
}

void points_close(struct points *t)
{
    if (t->map)
        munmap(t->map, t->map_size);
    *t = (struct points){ 0 };
}

bool points_keep_kind(struct points *t, struct sv kind)
{
    uint32_t wanted = 0, kept = 0;
    while (wanted < t->kinds_n && !sv_eq(t->kinds[wanted], kind))
        wanted++;
    for (uint32_t row = 0; row < t->n; row++) {
        if (t->kind[row] != wanted)
            continue;
        t->id[kept] = t->id[row];
        t->at[kept] = t->at[row];
        t->elders[kept] = t->elders[row];
        if (t->capacity)
            t->capacity[kept] = t->capacity[row];
        t->kind[kept] = t->kind[row];
        if (t->cost)
            t->cost[kept] = t->cost[row];
        if (t->state)
            t->state[kept] = t->state[row];
        for (int level = 0; level < POINTS_LEVELS; level++)
            if (t->area_of[level])
                t->area_of[level][kept] = t->area_of[level][row];
        kept++;
    }
    t->n = kept;
    return kept > 0;
}
