/*
 * centre.h - district centres (区域养老服务中心): the functions one must have, and what is known of
 * each at each centre: open or not, its hours, who saw it when, with what photo.
 *
 * What must be there is data: a required_function says it for a kind of place in a district, with
 * its source, 待核 until somebody compared it with the document. A centre_function is what is known
 * of one at one place. What the centre says itself (`said`) does not count; an officer who was
 * there verifies it, and that holds `centre.verify_days`; then it is due again and no longer counts
 * as open.
 */
#ifndef CARE_CENTRE_H
#define CARE_CENTRE_H

#include "care/place/place.h"
#include "http/http.h"

enum function_open { FUNCTION_UNKNOWN, FUNCTION_OPEN, FUNCTION_NOT_OPEN };
extern const struct choice function_opens[];

struct required_function_id { int64_t n; };
struct centre_function_id { int64_t n; };

struct required_function {
    struct required_function_id id;
    struct row         row;
    struct division_id division;           /* the district it holds in */
    int                place_kind;
    int64_t            seq;
    struct sv          name, words;        /* 社区餐厅; what one looks at */
    bool               checked;            /* compared with the document; else 待核 */
    struct day         valid_from, valid_to;
    struct sv          source, document_no;
};

struct centre_function {
    struct centre_function_id id;
    struct row             row;
    struct place_id        place;
    struct organisation_id org;
    struct required_function_id required;
    int                    said;           /* by the centre itself */
    struct moment          said_at;
    int                    is_open;        /* as somebody saw it */
    struct sv              hours, note;
    struct moment          verified_at;
    struct account_id      verified_by;
    struct day             verify_until;
    bool                   shown;            /* by an office's photograph; else not open */
};

extern const struct field  required_function_fields[], centre_function_fields[];
extern const struct entity required_function_entity, centre_function_entity;
extern const struct module centre_module;

/* What somebody notes of one function at one place. */
struct function_note {
    struct place_id place;
    struct required_function_id required;
    int       is_open;
    struct sv hours, note;
};

/*
 * For the caller: of who works there it is what the centre says, of an officer in whose area it
 * lies what was seen. ERR_MISSING when the place is neither hers nor in her area.
 */
MUST enum err centre_note(struct ctx *c, const struct function_note *n,
                          struct centre_function *ret_row);

extern const struct endpoint centre_endpoints[];       /* page.c */

#endif
