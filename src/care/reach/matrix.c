/* matrix.c - GET /api/matrix: the times from some points to others, bounded. */

#include "care/reach/reach.h"

#include "care/near/scratch.h"
#include "care/near/walk.h"

const struct field matrix_asked_fields[] = {
    FIELD(struct matrix_asked, from, .required = true, .high = 2000, .zh = "起点：纬度,经度;…（最多50个）",
          .en = "LAT,LON;LAT,LON… at most 50"),
    FIELD(struct matrix_asked, to, .required = true, .high = 2000, .zh = "终点：纬度,经度;…（最多50个）",
          .en = "LAT,LON;LAT,LON… at most 50"),
    CHOICE(struct matrix_asked, profile, walk_paces, .zh = "步速", .en = "Pace"),
    FIELD(struct matrix_asked, minutes, .low = 1, .high = MATRIX_MINUTES_MAX, .zh = "分钟",
          .en = "Minutes"),
    { 0 },
};

struct ends { struct anchor at[MATRIX_SIDE_MAX]; size_t n; };

static void read_ends(struct ctx *c, const struct directory *d, enum profile profile,
                      const char *field, struct sv text, struct ends *ends)
{
    struct sv one;
    while (sv_cut(&text, ';', &one)) {
        struct point at;
        if (ends->n == MATRIX_SIDE_MAX || !sv_point(sv_trim(one), &at)) {
            fail_field(c, sv_of(field), ends->n == MATRIX_SIDE_MAX ? "matrix.many"
                                                                   : "matrix.point");
            return;
        }
        roads_snap(d->roads, profile, at, ACCESS_M_DEFAULT, &ends->at[ends->n++]);
    }
}

static void write_row(struct json *j, const struct reach *s, const struct ends *to)
{
    json_array(j, NULL);
    for (size_t i = 0; i < to->n; i++) {
        uint32_t ms = reach_ms(s, &to->at[i]);
        if (ms == NOT_REACHED)
            json_null(j, NULL);
        else
            json_int(j, NULL, ((int64_t)ms + 500) / 1000);
    }
    json_end(j, ']');
}

static void write_matrix(struct ctx *c, struct json *j, struct reach *s, enum profile profile,
                         uint32_t minutes, const struct ends ends[2])
{
    const struct profile_info *pace = &profiles[profile];
    json_text(j, "profile", sv_of(pace->key));
    json_text(j, "profile_name", sv_of(c->lang == LANG_EN ? pace->en : pace->zh));
    json_int(j, "minutes", minutes);
    json_array(j, "seconds");
    for (size_t i = 0; i < ends[0].n; i++) {
        reach_from(s, profile, &ends[0].at[i], minutes * 60000);
        write_row(j, s, &ends[1]);
    }
    json_end(j, ']');
}

MUST static enum err matrix_with(struct ctx *c, struct directory *d, const struct matrix_asked *q,
                                 struct answer *a)
{
    const enum profile profile = walk_pace(q->profile);
    struct ends *ends = NEW(&c->mem, struct ends, 2);
    struct near_scratch *lent;
    struct near *near = scratch_borrow(&c->mem, d, &lent);
    if (!near)
        return fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
    read_ends(c, d, profile, "from", q->from, &ends[0]);
    read_ends(c, d, profile, "to", q->to, &ends[1]);
    enum err err = fail_fields(c);
    if (err == ERR_NONE)
        write_matrix(c, &a->json, near->reach, profile,
                     q->minutes.known ? (uint32_t)q->minutes.n : NEAR_MINUTES_DEFAULT, ends);
    scratch_return(lent);
    return err;
}

enum err matrix_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = matrix_with(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}
