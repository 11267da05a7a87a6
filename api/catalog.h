/*
 * catalog.h - what the calls on a catalog share.
 */
#ifndef LAC_API_CATALOG_H
#define LAC_API_CATALOG_H

#include "analyzer/registry.h"

/* Borrowed; loading from it is serialized inside. */
lac_registry *lac_catalog_registry(const lacuna_catalog *catalog);

#endif
