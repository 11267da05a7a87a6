/*
 * harden.h - keeps a process that holds keys and document text out of core dumps and debuggers.
 */
#ifndef LACUNA_CLI_HARDEN_H
#define LACUNA_CLI_HARDEN_H

/* No core file, and no other process of the user may read this one's memory. What the system does
 * not know is left out. */
void cli_keep_memory_private(void);

#endif
