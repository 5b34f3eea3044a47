/* address_test.h - a small invented district for the tests of the matcher. */
#ifndef CARE_ADDRESS_TEST_H
#define CARE_ADDRESS_TEST_H

#include "care/address/address.h"

/* Scopes of its communities. */
#define HUAIAN  INT64_C(990101001001)
#define LIUYIN  INT64_C(990101001002)
#define WANGJIANG INT64_C(990101002001)
#define YUNFAN  INT64_C(990101002002)
#define DALIU   INT64_C(990101003001)
#define SHANGHE INT64_C(990101003002)

/* In the running test's memory. */
struct address_index *district_index(void);

/* "door 柳荫里 12号楼 3单元 502": what a match says, in words; "none" and its candidates. */
struct sv match_words(const struct address_match *m);

#endif
