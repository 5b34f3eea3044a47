/* table.h - what the place's tables (table.c) call: its rules and steps (place.c). */
#ifndef CARE_PLACE_TABLE_H
#define CARE_PLACE_TABLE_H

#include "care/place/place.h"
#include "http/http.h"

enum err place_rules(struct ctx *c, const void *before, void *row);
enum err place_publish_guard(struct ctx *c, const void *row);
enum err place_submit(struct ctx *c, void *row, const void *input);
enum err place_verify(struct ctx *c, void *row, const void *input);
enum err place_close(struct ctx *c, void *row, const void *input);
enum err place_reopen(struct ctx *c, void *row, const void *input);
enum err place_report_beds(struct ctx *c, void *row, const void *input);

/* photo.c: the member "photos" of a page, and one of them: the small picture. */
MUST enum err place_photos_write(struct ctx *c, struct json *j, int64_t place);
enum err place_photo_get(struct ctx *c, const struct request *q, struct answer *a);

/* opening.c: open now, by its hours and what was said of closing; and of many at once. */
void place_open_write(struct ctx *c, struct json *j, const struct place *p,
                      const struct calendar *k);
MUST enum err place_shown(struct ctx *c, int64_t id, struct place *ret_place);
enum err places_opening_get(struct ctx *c, const struct request *q, struct answer *a);
struct places_asked { struct sv places; };
extern const struct field places_asked_fields[], places_opening_gives[];

extern const struct field    place_page_gives[];           /* gives.c */
extern const struct endpoint place_endpoints[];          /* page.c */

#endif
