/*
 * book.h - the index of addresses as the house holds it: a snapshot in house->addresses.
 *
 * The server builds it at its start and again when what it is made of has changed; elsewhere it is
 * built when first asked for, and in jobs anew when it is older than a minute.
 */
#ifndef CARE_ADDRESS_BOOK_H
#define CARE_ADDRESS_BOOK_H

#include "care/address/address.h"
#include "model/house.h"

/* The current index, held until address_leave(). */
MUST enum err address_enter(struct ctx *c, const struct address_index **ret_index);
void address_leave(struct ctx *c, const struct address_index *index);

/* Builds anew and swaps: the module's refresh, and for jobs that need the newest. */
MUST enum err address_refresh(struct ctx *c);

extern const struct module address_module;

#endif
