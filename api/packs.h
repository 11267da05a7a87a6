/*
 * packs.h - the registry that a set of options asks for.
 */
#ifndef LAC_API_PACKS_H
#define LAC_API_PACKS_H

#include "analyzer/registry.h"
#include "api/options.h"

/* Built-in packs with the folders of the options over them. Nothing is loaded yet. */
lacuna_status lac_packs_open(lac_registry **out, const lacuna_options *options, lacuna_error *err);

/* LACUNA_E_NOTFOUND for a checklist or document type that does not exist; loads the named
 * checklists and those from folders, so a slip in them is told before any document is read. */
lacuna_status lac_packs_verify(lac_registry *registry, const lacuna_options *options,
                               lacuna_error *err);

#endif
