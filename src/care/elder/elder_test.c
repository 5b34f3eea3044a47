/* elder_test.c - documents, telephones and cells. */

#include "care/division/town_test.h"
#include "care/elder/elder.h"

#include <string.h>

static const char *check(enum elder_document kind, const char *number)
{
    struct id_facts facts;
    return document_check(kind, document_normal(test_mem(), sv_of(number)),
                          day_civil(2026, 11, 21), &facts);
}

TEST(a_citizens_number_is_checked_by_date_and_character)
{
    struct id_facts facts;
    CHECK(check(DOCUMENT_CITIZEN, "11010519491231002X") == NULL);
    CHECK(check(DOCUMENT_CITIZEN, "11010519491231002x") == NULL);
    CHECK(check(DOCUMENT_CITIZEN, "440524188001010014") == NULL);
    CHECK(check(DOCUMENT_CITIZEN, " 110105 19491231 002X ") == NULL);
    CHECK(!strcmp(check(DOCUMENT_CITIZEN, "110105194912310021"), "id_number.check"));
    CHECK(!strcmp(check(DOCUMENT_CITIZEN, "110105194902300021"), "id_number.date"));
    CHECK(!strcmp(check(DOCUMENT_CITIZEN, "110105203012310021"), "id_number.date"));
    CHECK(!strcmp(check(DOCUMENT_CITIZEN, "11010519491231002"), "id_number.length"));
    CHECK(!strcmp(check(DOCUMENT_CITIZEN, "1101051949123100AX"), "id_number.digits"));
    CHECK(document_check(DOCUMENT_CITIZEN, SV("11010519491231002X"), day_civil(2026, 11, 21),
                         &facts) == NULL);
    CHECK_INT(facts.birth.n, day_civil(1949, 12, 31).n);
    CHECK_INT(facts.gender, 2);
}

TEST(invented_numbers_of_99_are_accepted_with_their_check)
{
    char digits[18] = "99010119460307001";
    struct buf b = buf_new(test_mem(), 20);
    buf_put(&b, (struct sv){ digits, 17 });
    buf_byte(&b, id_check_character(digits));
    CHECK(check(DOCUMENT_CITIZEN, buf_cstr(&b)) == NULL);
}

TEST(other_documents_have_their_own_form)
{
    CHECK(!strcmp(check(DOCUMENT_RESIDENT_PERMIT, "11010519491231002X"), "id_number.region"));
    char digits[18] = "81000019500101001";
    struct buf b = buf_new(test_mem(), 20);
    buf_put(&b, (struct sv){ digits, 17 });
    buf_byte(&b, id_check_character(digits));
    CHECK(check(DOCUMENT_RESIDENT_PERMIT, buf_cstr(&b)) == NULL);
    CHECK(check(DOCUMENT_FOREIGN_PERMANENT, "USA110050010101") == NULL);
    CHECK(check(DOCUMENT_FOREIGN_PERMANENT, "11010519491231002X") != NULL);
    CHECK(check(DOCUMENT_PASSPORT, "e12345678") == NULL);
    CHECK(check(DOCUMENT_PASSPORT, "E1-23") != NULL);
}

TEST(telephones_are_digits)
{
    CHECK_TEXT(phone_normal(test_mem(), SV("+86 100-1234-5678")), "10012345678");
    CHECK_TEXT(phone_normal(test_mem(), SV("(010) 6655 4433")), "01066554433");
    CHECK_TEXT(phone_normal(test_mem(), SV("1234")), "");
    CHECK_TEXT(phone_normal(test_mem(), SV("1001234567a")), "");
}

TEST(neighbours_share_a_cell_and_streets_do_not)
{
    struct point home = { 399123450, 1164123450 };
    struct point next_door = { 399123950, 1164123950 };
    struct point street = { 399323450, 1164123450 };
    CHECK(elder_cell(home) == elder_cell(next_door));
    CHECK(elder_cell(home) != elder_cell(street));
}

/* A number of the invented area with the right last character. */
static struct sv number_of(const char *digits)
{
    struct buf b = buf_new(test_mem(), 20);
    buf_text(&b, digits);
    buf_byte(&b, id_check_character(digits));
    return buf_sv(&b);
}

static struct compound garden(const struct town *t)
{
    struct compound k;
    record_clear(compound_fields, &k);
    k.name = SV("云汀花园");
    k.lat.e7 = 305000000;
    k.lon.e7 = 1145000000;
    MUST_GO(t->c, entity_create(t->c, &compound_entity, &k));
    return k;
}

static struct elder granny(struct compound_id home)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = SV("王秀英");
    e.id_number = number_of("99010119460307002");
    e.phone = SV("100 1234 5678");
    e.compound = home;
    return e;
}

TEST_DB(an_elder_takes_what_number_and_compound_say)
{
    struct town t = town_world();
    struct compound k = garden(&t);
    CHECK_INT(k.division.n, t.community.id.n);
    struct elder e = granny(k.id), back;
    MUST_GO(t.c, entity_create(t.c, &elder_entity, &e));
    MUST_GO(t.c, entity_get(t.c, &elder_entity, e.id.n, &back));
    CHECK_INT(back.birth.n, day_civil(1946, 3, 7).n);
    CHECK_INT(back.gender, 2);
    CHECK_INT(back.row.scope, t.community.row.scope);
    CHECK_TEXT(back.phone, "10012345678");
    CHECK_TEXT(back.address, "云汀花园");
    CHECK_INT(back.home_lat.e7, 305000000);
    CHECK(back.cell.known);
}

TEST_DB(the_same_number_is_not_registered_twice)
{
    struct town t = town_world();
    struct compound k = garden(&t);
    struct elder one = granny(k.id), two = granny(k.id);
    MUST_GO(t.c, entity_create(t.c, &elder_entity, &one));
    MUST_FAIL(t.c, entity_create(t.c, &elder_entity, &two), ERR_CONFLICT, "elder.id_taken");
}

static void refused(struct ctx *c, struct elder e, const char *field)
{
    CHECK_INT(entity_create(c, &elder_entity, &e), ERR_INVALID);
    CHECK_TEXT(c->fault.fields[0].field, field);
    ctx_forgive(c);
}

TEST_DB(what_contradicts_itself_is_refused)
{
    struct town t = town_world();
    struct compound k = garden(&t);
    struct elder e = granny(k.id);
    e.id_number = SV("990101194603070020");
    refused(t.c, e, "id_number");
    e = granny(k.id);
    e.birth = day_civil(1950, 1, 1);
    refused(t.c, e, "birth");
    e = granny((struct compound_id){ 0 });
    refused(t.c, e, "division");
    e = granny(k.id);
    e.id_number = number_of("99010119900307002");
    refused(t.c, e, "note");
    e.note = SV("失能，随母亲登记");
    MUST_GO(t.c, entity_create(t.c, &elder_entity, &e));
    e = granny(k.id);
    e.grade = GRADE_SEVERE;
    refused(t.c, e, "grade");
}

TEST_DB(another_districts_officer_finds_nobody)
{
    struct town t = town_world();
    struct compound k = garden(&t);
    struct elder e = granny(k.id), back;
    MUST_GO(t.c, entity_create(t.c, &elder_entity, &e));
    t.c->who = officer_of(990102000000, 990102999999);
    CHECK_INT(entity_get(t.c, &elder_entity, e.id.n, &back), ERR_MISSING);
    ctx_forgive(t.c);
    t.c->who = officer_of(990101000000, 990101999999);
    MUST_GO(t.c, entity_get(t.c, &elder_entity, e.id.n, &back));
}

static int64_t registered(struct ctx *c)
{
    struct page page = { 0 };
    struct query q = { .size = 5, .total = true };
    MUST_GO(c, entity_list(c, &elder_entity, &q, &page));
    return page.total;
}

/* Whatever step fails, she is either wholly registered or not at all. */
TEST_DB(a_failed_registration_leaves_nothing_behind)
{
    struct town t = town_world();
    struct compound k = garden(&t);
    EVERY_FAULT(step) {
        struct elder e = granny(k.id);
        enum err err = entity_create(t.c, &elder_entity, &e);
        fault_settle(&step, err);
        CHECK_INT(registered(t.c), err ? 0 : 1);
    }
}
