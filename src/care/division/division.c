/* division.c - administrative divisions: table, rules, issuing codes, finding by point. */

#include "care/division/division.h"

#include "care/division/borders.h"

SQL(division_codes_used);
SQL(division_code_taken);
SQL(division_by_code);
SQL(division_inside);
SQL(division_names);
SQL(division_outside_parent);
SQL(division_children);
SQL(division_code_twice);

const struct choice division_levels[] = {
    { "province", "省级", "province" },
    { "city", "市级", "city" },
    { "district", "区县", "district" },
    { "street", "街道（乡镇）", "sub-district" },
    { "community", "社区（村）", "community" },
    { 0 },
};

static const struct choice division_kinds[] = {
    { "urban", "城区", "urban" }, { "town", "镇区", "town" }, { "village", "乡村", "rural" }, { 0 },
};

static const char *official_check(struct sv value)
{
    int64_t code;
    return division_code_of(value, &code) ? NULL : "division.official_code";
}

const struct field division_fields[] = {
    ROW_FIELDS(struct division),
    FIELD(struct division, name, .required = true, .high = 60, .filter = true, .brief = true,
          .search = true, .zh = "名称", .en = "Name"),
    CHOICE(struct division, level, division_levels, .create_only = true, .filter = true,
           .brief = true, .zh = "级别", .en = "Level"),
    LINK(struct division, parent, "division", .create_only = true, .filter = true, .brief = true,
         .zh = "上级", .en = "Parent"),
    FIELD(struct division, official_code, .filter = true, .brief = true, .check = official_check,
          .high = 12, .zh = "法定代码", .en = "Official code",
          .hint_zh = "2、4、6、9 或 12 位数字；改码时填新码并写生效日期",
          .hint_en = "2, 4, 6, 9 or 12 digits; on a change the new one and its date"),
    FIELD(struct division, valid_from, .zh = "生效日期", .en = "Valid from"),
    FIELD(struct division, valid_to, .zh = "失效日期", .en = "Valid to"),
    LINK(struct division, successor, "division", .zh = "并入", .en = "Successor"),
    CHOICE(struct division, kind, division_kinds, .zh = "城乡类别", .en = "Kind"),
    FIELD(struct division, lat, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct division, lon, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    FIELD(struct division, boundary, .high = 200000, .zh = "边界", .en = "Boundary",
          .hint_zh = "GeoJSON 多边形，WGS-84", .hint_en = "GeoJSON polygon, WGS-84"),
    { 0 },
};

static const struct index division_indexes[] = {
    { .name = "code", .columns = "scope", .unique = true, .message = "division.code_taken" },
    { .name = "parent", .columns = "parent, scope" },
    { .name = "level", .columns = "level, scope" },
    { .name = "name", .columns = "name, id" },
    { .name = "official", .columns = "official_code, id" },
    { 0 },
};

static const struct sort division_sorts[] = {
    { "scope", "scope", false, "代码", "Code" },
    { "name", "name", false, "名称", "Name" },
    { 0 },
};

MUST static enum err first_of(struct ctx *c, const struct sql *sql, struct params p,
                              struct division *ret_division, bool *ret_found)
{
    record_clear(division_fields, ret_division);
    return db_find(c, sql, p, division_fields, ret_division, ret_found);
}

enum err division_of_code(struct ctx *c, int64_t code, struct division *ret_division,
                          bool *ret_found)
{
    return first_of(c, &sql_division_by_code, PARAMS(P_INT("code", code)), ret_division, ret_found);
}

/* The unit in which codes of a level are issued, and how many there are below one parent. */
static int64_t step_of(enum division_level level, int64_t *ret_most)
{
    static const int64_t step[DIVISION_LEVELS] = { 10000000000, 100000000, 1000000, 1000, 1 };
    static const int64_t most[DIVISION_LEVELS] = { 99, 99, 99, 999, 999 };
    *ret_most = most[level];
    return step[level];
}

/* The official code serves when it is of the level, lies in the parent and nobody has had it. */
MUST static enum err official_serves(struct ctx *c, int64_t parent, enum division_level level,
                                     struct sv official, int64_t *ret_code)
{
    int64_t code = 0, taken = 0;
    *ret_code = 0;
    if (!division_code_of(official, &code) || division_level_of(code) != level)
        return ERR_NONE;
    if (parent != 0 && (!division_holds(parent, code) || code == parent))
        return ERR_NONE;
    TRY(db_int(c, &sql_division_code_taken, PARAMS(P_INT("code", code)), &taken));
    if (!taken)
        *ret_code = code;
    return ERR_NONE;
}

enum err division_issue(struct ctx *c, int64_t parent, enum division_level level,
                        struct sv official, int64_t *ret_code)
{
    if (parent != 0 && division_level_of(parent) >= level)
        return fail(c, ERR_INVALID, "division.level", "level %d is not below the parent",
                    (int)level);
    TRY(official_serves(c, parent, level, official, ret_code));
    if (*ret_code)
        return ERR_NONE;
    if (parent == 0)
        return fail(c, ERR_INVALID, "division.top_code",
                    "a top division has no free official code");

    int64_t most, used, step = step_of(level, &most);
    TRY(db_int(c, &sql_division_codes_used,
               PARAMS(P_INT("low", parent + step), P_INT("high", parent + most * step + step - 1)),
               &used));
    int64_t next = used ? used - used % step + step : parent + step;
    if (next > parent + most * step)
        return fail(c, ERR_CONFLICT, "division.full", "division %lld has no code left",
                    (long long)parent);
    *ret_code = next;
    return ERR_NONE;
}

MUST static enum err issue_for(struct ctx *c, struct division *d)
{
    struct division parent = { 0 };
    bool found = false;
    if (d->parent.n) {
        TRY(entity_load(c, &division_entity, d->parent.n, &parent, &found));
        if (!found) {
            fail_field(c, SV("parent"), "link.missing");
            return fail_fields(c);
        }
    }
    return division_issue(c, found ? parent.row.scope : 0, (enum division_level)d->level,
                          d->official_code, &d->row.scope);
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct division *d = row;
    if (d->boundary.json.len) {
        const char *fault = division_boundary_check(c, d->boundary.json);
        if (fault)
            fail_field(c, SV("boundary"), fault);
    }
    if (day_known(d->valid_to) && day_known(d->valid_from) && d->valid_to.n < d->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    if (d->successor.n && d->successor.n == d->id.n)
        fail_field(c, SV("successor"), "division.own_successor");
    TRY(fail_fields(c));
    return before || d->row.scope ? ERR_NONE : issue_for(c, d);
}

const struct entity division_entity = {
    .name = "division", .zh = "行政区划", .en = "Division",
    .size = sizeof(struct division), .fields = division_fields, .indexes = division_indexes,
    .sorts = division_sorts, .title = "name", .seen_by_all = true,
    .reads = MAY_SIGNED_IN, .writes = MAY_SET_RULES, .rules = rules, .menu = "setup",
};

/* --- finding --- */

/* How far from its middle a division of a level may reach, in 1e-7 degrees. */
static const int64_t reach_e7[DIVISION_LEVELS] = { 150000000, 60000000, 20000000, 8000000,
                                                   5000000 };

MUST static enum err at_level(struct ctx *c, int level, struct scope_range in, struct degrees lat,
                              struct degrees lon, struct division *ret_division, bool *ret_found)
{
    int64_t r = reach_e7[level];
    struct params p = PARAMS(
        P_TEXT("level", sv_of(division_levels[level].key)), P_INT("low", in.low),
        P_INT("high", in.high), P_INT("lat", lat.e7), P_INT("lon", lon.e7),
        P_INT("lat_low", lat.e7 - r), P_INT("lat_high", lat.e7 + r),
        P_INT("lon_low", lon.e7 - r), P_INT("lon_high", lon.e7 + r));
    struct rows rows = db_rows(c, &sql_division_inside, p);
    *ret_found = false;
    while (!*ret_found && rows_next(&rows)) {
        struct division d;
        record_clear(division_fields, &d);
        rows_read(&rows, division_fields, &d);
        if (division_boundary_holds(c, d.boundary.json, lat, lon)) {
            *ret_division = d;
            *ret_found = true;
        }
    }
    return rows_end(&rows);
}

enum err division_at(struct ctx *c, struct degrees lat, struct degrees lon,
                     struct division *ret_division, bool *ret_found)
{
    struct scope_range in = division_range(0);
    struct division d;
    *ret_found = false;
    for (int level = 0; level < DIVISION_LEVELS; level++) {
        bool found = false;
        TRY(at_level(c, level, in, lat, lon, &d, &found));
        if (!found)
            continue;
        in = division_range(d.row.scope);
        *ret_division = d;
        *ret_found = true;
    }
    return ERR_NONE;
}

enum err division_of_house(struct ctx *c, int64_t *ret_code)
{
    int64_t parent = 0;
    *ret_code = 0;
    for (int depth = 0; depth < DIVISION_CHAIN_MAX; depth++) {
        int64_t id = 0, code = 0;
        struct rows r = db_rows(c, &sql_division_children, PARAMS(P_INT("parent", parent)));
        if (rows_next(&r)) {
            id = rows_int(&r, 0);
            code = rows_int(&r, 1);
        }
        bool alone = id && !rows_next(&r);
        TRY(rows_end(&r));
        if (!alone)
            return ERR_NONE;
        parent = id;
        *ret_code = code;
    }
    return ERR_NONE;
}

enum err division_path(struct ctx *c, int64_t code, struct sv *ret_path)
{
    int64_t up[DIVISION_CHAIN_MAX] = { 0 };
    division_chain(code, up);
    struct rows rows = db_rows(c, &sql_division_names,
                               PARAMS(P_INT("a", up[0]), P_INT("b", up[1]), P_INT("c", up[2]),
                                      P_INT("d", up[3]), P_INT("e", up[4])));
    struct buf path = buf_new(&c->mem, 64);
    while (rows_next(&rows))
        if (division_level_of(rows_int(&rows, 0)) != DIVISION_PROVINCE)
            buf_put(&path, rows_text(&rows, 1));
    *ret_path = buf_sv(&path);
    return rows_end(&rows);
}

/* --- the module --- */

static const struct message messages[] = {
    { "division.official_code", "代码应为 2（省）、4（市）、6、9 或 12 位数字",
      "give a code of 2, 4, 6, 9 or 12 digits" },
    { "division.boundary_form", "边界应为 GeoJSON 的 Polygon 或 MultiPolygon",
      "give a GeoJSON Polygon or MultiPolygon" },
    { "division.boundary_ring", "边界的每一圈至少要有 4 个经纬度点",
      "each ring needs at least 4 positions of longitude and latitude" },
    { "division.boundary_open", "边界的每一圈首尾两点必须相同", "each ring must end where it began" },
    { "division.level", "级别必须低于上级", "the level must lie below the parent's" },
    { "division.top_code", "没有上级的区划要填写未使用过的法定代码",
      "a division without a parent needs an official code not used before" },
    { "division.full", "上级区划的代码已用完，请联系系统管理员", "the parent has no code left" },
    { "division.code_taken", "这个代码已被使用", "this code is taken" },
    { "division.own_successor", "不能并入自己", "a division cannot be its own successor" },
    { "days.backwards", "结束日期不能早于开始日期", "the end lies before the start" },
    { "division.bbox", "范围应为西,南,东,北四个经纬度数", "give west,south,east,north in degrees" },
    { 0 },
};

static const struct entity *const entities[] = { &division_entity, NULL };

static const struct invariant invariants[] = {
    { "division_nests", "下级区划的代码在上级范围内", &sql_division_outside_parent },
    { "division_code_once", "区划代码不重复", &sql_division_code_twice },
    { 0 },
};

const struct module division_module = {
    .name = "division", .entities = entities, .messages = messages, .invariants = invariants,
    .endpoints = division_endpoints,
};

enum err division_by_point(struct ctx *c, struct degrees lat, struct degrees lon,
                           struct division_id *division, int64_t *scope)
{
    struct division d;
    bool found;
    if (division->n)
        return ERR_NONE;
    TRY(division_at(c, lat, lon, &d, &found));
    if (!found) {
        fail_field(c, SV("division"), "place.division");
        return fail_fields(c);
    }
    *division = d.id;
    *scope = d.row.scope;
    return ERR_NONE;
}
