/*
 * http_address.h - which addresses are spoken to without TLS: this machine, and cloud metadata.
 */
#ifndef LAC_CLAUDE_HTTP_ADDRESS_H
#define LAC_CLAUDE_HTTP_ADDRESS_H

#include "include/lacuna.h"

typedef enum lac_address_kind {
    LAC_ADDRESS_TLS,      /* https */
    LAC_ADDRESS_LOOPBACK, /* http to 127.0.0.0/8, ::1 or localhost */
    LAC_ADDRESS_METADATA, /* http to 169.254.0.0/16 or fd00:ec2::23 */
} lac_address_kind;

/* LACUNA_E_ARGUMENT for anything else, with the reason; no part of the address but its host is
 * repeated in the message, since addresses can carry secrets. */
lacuna_status lac_http_address(lac_address_kind *kind, const char *url, lacuna_error *err);

#endif
