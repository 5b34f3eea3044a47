/* photo.c - pictures of a place that everybody may see: a row each, shown once another agreed. */

#include "care/place/table.h"
#include "http/describe/gives.h"
#include "http/file/file_small.h"

SQL(photo_pictures);
SQL(photo_shown);
SQL(place_photos);

enum { ALT_MAX = 80 };

const struct field place_photo_fields[] = {
    ROW_FIELDS(struct place_photo),
    LINK(struct place_photo, place, "place", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "网点", .en = "Place"),
    FIELD(struct place_photo, alt, .required = true, .low = 4, .high = ALT_MAX, .brief = true,
          .zh = "照片里有什么", .en = "What it shows",
          .hint_zh = "读给看不见照片的人听，如：门口有坡道和扶手",
          .hint_en = "read out to who cannot see it: the entrance with its ramp"),
    FIELD(struct place_photo, picture, .read_only = true, .hidden = true, .high = 64,
          .zh = "照片文件", .en = "Its picture"),
    CHOICE(struct place_photo, state, review_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    LINK(struct place_photo, submitted_by, "account", .read_only = true, .zh = "提交人",
         .en = "Submitted by"),
    { 0 },
};

static const struct index photo_indexes[] = {
    { .name = "place", .columns = "place, id" }, { .name = "state", .columns = "state, id" },
    { 0 },
};

static const struct sort photo_sorts[] = { { "place", "place", false, "网点", "Place" }, { 0 } };

/* What was agreed to is what is shown: its words change only through another review. */
static enum err photo_rules(struct ctx *c, const void *before, void *row)
{
    const struct place_photo *was = before, *is = row;
    if (was && was->state == REVIEW_PUBLISHED && is->state == REVIEW_PUBLISHED &&
        !sv_eq(was->alt, is->alt))
        fail_field(c, SV("alt"), "review.published");
    return fail_fields(c);
}

/* The one picture that is attached; files added later are never shown. */
static enum err photo_submit(struct ctx *c, void *row, const void *input)
{
    struct place_photo *p = row;
    struct sv hash = SV("");
    int64_t n = 0;
    (void)input;
    struct rows r = db_rows(c, &sql_photo_pictures, PARAMS(P_INT("photo", p->id.n)));
    for (; rows_next(&r); n++)
        hash = sv_copy(&c->mem, rows_text(&r, 0));
    TRY(rows_end(&r));
    if (n != 1)
        return fail(c, ERR_CONFLICT, "photo.one", "%lld pictures are attached", (long long)n);
    p->picture = hash;
    p->submitted_by = review_me(c);
    return ERR_NONE;
}

static enum err photo_publish_guard(struct ctx *c, const void *row)
{
    return review_guard(c, ((const struct place_photo *)row)->submitted_by);
}

static const struct step photo_steps[] = {
    REVIEW_STEPS(photo_publish_guard, photo_submit), { 0 },
};

const struct entity place_photo_entity = {
    .name = "place_photo", .zh = "网点照片", .en = "Photo of a place",
    .size = sizeof(struct place_photo), .fields = place_photo_fields, .indexes = photo_indexes,
    .sorts = photo_sorts, .state = "state", .steps = photo_steps, .title = "alt",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY,
    .seen_by_org = "place IN (SELECT id FROM place WHERE org = $)", .scope_of = "place",
    .rules = photo_rules, .menu = "places", .files = true,
};

enum err place_photos_write(struct ctx *c, struct json *j, int64_t place)
{
    struct rows r = db_rows(c, &sql_place_photos, PARAMS(P_INT("place", place)));
    json_array(j, "photos");
    while (rows_next(&r)) {
        json_object(j, NULL);
        json_id(j, "id", rows_int(&r, 0));
        json_text(j, "alt", rows_text(&r, 1));
        json_text(j, "href", sv_fmt(&c->mem, "/api/place/%lld/photo/%lld", (long long)place,
                                    (long long)rows_int(&r, 0)));
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

/* Only ever the small picture: it is drawn anew, so it tells nothing of where and when. */
enum err place_photo_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t place, photo;
    struct sv hash = SV("");
    TRY(request_id(c, q, 0, &place));
    TRY(request_id(c, q, 1, &photo));
    struct rows r = db_rows(c, &sql_photo_shown, PARAMS(P_INT("place", place),
                                                        P_INT("photo", photo)));
    if (rows_next(&r))
        hash = sv_copy(&c->mem, rows_text(&r, 0));
    TRY(rows_end(&r));
    if (hash.len == 0)
        return fail(c, ERR_MISSING, "photo.missing", "no photo %lld is shown", (long long)photo);
    return small_answer(c, a, hash);
}
