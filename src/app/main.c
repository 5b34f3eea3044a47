/* main.c - yike: the one program; its commands stand in command.c. */

#include "app/cmd/command.h"

#include <stdio.h>
#include <string.h>

static void print_commands(FILE *out)
{
    fprintf(out, "yike %s - 一刻：一刻钟养老服务平台\n\nusage: yike COMMAND [OPTIONS]\n\n", YIKE_VERSION);
    for (const struct command *k = commands; k->name; k++)
        fprintf(out, "  yike %s\n", k->usage);
    fprintf(out, "\nyike COMMAND --help tells what each does.\n");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_commands(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("yike " YIKE_VERSION);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_commands(stdout);
        return EXIT_DONE;
    }
    const struct command *k = command_named(argv[1]);
    if (!k) {
        fprintf(stderr, "yike: there is no command %s; yike --help lists them\n", argv[1]);
        return EXIT_USAGE;
    }
    return k->run(argc - 1, argv + 1);
}
