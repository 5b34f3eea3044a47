/* world.c - the database a unit test runs on. */

#include <stdbool.h>

void world_engine(bool postgres);
void world_end(void);

void world_engine(bool postgres)
{
    (void)postgres;
}

void world_end(void)
{
}
