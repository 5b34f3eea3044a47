/*
 * streets.h - the streets in service: the imported map with the published street edits over it.
 */
#ifndef APP_STREETS_H
#define APP_STREETS_H

#include "app/roads_file.h"
#include "store/job.h"

struct streets_built { size_t used, loose; bool changed; };

/*
 * Makes the road file of base and edits, puts it into service whole, notes in each edit how it
 * fits, and when the streets are others than before tells running servers and asks for homes to
 * be joined anew. One at a time, whoever asks (a file lock). Opens its own transactions. Nothing
 * where no map was imported.
 */
MUST enum err streets_build(struct ctx *c, struct streets_built *ret_built);

/*
 * The job "roads.homes": the junction next to each home, in the streets in service. It is derived
 * and says nothing new about anybody, so it is written without history and without an event.
 */
enum err streets_homes(struct ctx *c, const struct job *j);

extern const struct module streets_module;

#endif
