/*
 * model_args.h - the flags of verbs that may ask Claude, and where their state is kept.
 *
 * Purpose: nothing is asked unless the verb's own flag says so and a provider is named, by --claude
 *   provider=NAME or LACUNA_PROVIDER. No secret is taken on the command line, where other users
 *   of the machine could read it: keys come from the variables of the providers' own tools.
 */
#ifndef LACUNA_CLI_MODEL_ARGS_H
#define LACUNA_CLI_MODEL_ARGS_H

#include "flags.h"

#include <lacuna_claude.h>

#define CLI_MODEL_HELP                                                                   \
    "  --claude KEY=VALUE     where and how Claude is asked (repeatable): provider\n"    \
    "                         (anthropic, bedrock, vertex, foundry), model,\n"           \
    "                         fallback-model, region, project, resource, base-url,\n"    \
    "                         effort, inference-geo, in-flight, retries, proxy,\n"       \
    "                         ca-file, models-file. Keys and tokens are taken from\n"    \
    "                         the variables of the provider's own tools\n"               \
    "  --max-cost DOLLARS     begin no question that could pass this sum\n"              \
    "  --dry-run              print what would be sent, and send nothing\n"              \
    "  --no-cache             keep no answers, and use none that were kept\n"            \
    "  --audit-log FILE       record of every call; default: audit.jsonl in the state\n" \
    "                         folder (LACUNA_STATE, else XDG_STATE_HOME/lacuna)\n"       \
    "  --audit-key-file FILE  sign its entries with the key in FILE (mode 0600), kept\n" \
    "                         elsewhere; see lacuna help audit\n"                        \
    "  --pseudonymize         send pseudonyms instead of what may identify patients.\n"  \
    "                         Without this or --allow-phi text that holds any is not\n"  \
    "                         sent. Recognizers miss some: nothing is guaranteed\n"      \
    "  --allow-phi            send the text as it is, without looking for identifiers\n" \
    "  --require-deid         what is in doubt counts as an identifier too\n"            \
    "  --pseudonym-map FILE   write what the pseudonyms stood for (mode 0600)\n"         \
    "  --phi-service URL      also ask a recognizer on this machine that speaks as\n"    \
    "                         Presidio's analyzer does\n"

typedef struct cli_model_args {
    lacuna_claude_options *claude; /* NULL: no flag of them was given yet */
    const char *audit_log;         /* NULL: the default */
    const char *phi_url;           /* NULL: none */
    lacuna_phi_service *phi_service;
    bool provider_named, dry_run, no_cache, pseudonymize, allow_phi, pseudonym_map;
} cli_model_args;

/* The flags of CLI_MODEL_HELP, for the table of a verb; their ids are above those of any verb. */
enum {
    CLI_MODEL_CLAUDE = 1000,
    CLI_MODEL_MAX_COST,
    CLI_MODEL_DRY_RUN,
    CLI_MODEL_NO_CACHE,
    CLI_MODEL_AUDIT_LOG,
    CLI_MODEL_AUDIT_KEY_FILE,
    CLI_MODEL_PSEUDONYMIZE,
    CLI_MODEL_ALLOW_PHI,
    CLI_MODEL_REQUIRE_DEID,
    CLI_MODEL_PSEUDONYM_MAP,
    CLI_MODEL_PHI_SERVICE,
};

/* clang-format off */
#define CLI_MODEL_FLAGS \
    {CLI_MODEL_CLAUDE, "claude", 0, true}, \
    {CLI_MODEL_MAX_COST, "max-cost", 0, true}, \
    {CLI_MODEL_DRY_RUN, "dry-run", 0, false}, \
    {CLI_MODEL_NO_CACHE, "no-cache", 0, false}, \
    {CLI_MODEL_AUDIT_LOG, "audit-log", 0, true}, \
    {CLI_MODEL_AUDIT_KEY_FILE, "audit-key-file", 0, true}, \
    {CLI_MODEL_PSEUDONYMIZE, "pseudonymize", 0, false}, \
    {CLI_MODEL_ALLOW_PHI, "allow-phi", 0, false}, \
    {CLI_MODEL_REQUIRE_DEID, "require-deid", 0, false}, \
    {CLI_MODEL_PSEUDONYM_MAP, "pseudonym-map", 0, true}, \
    {CLI_MODEL_PHI_SERVICE, "phi-service", 0, true}
/* clang-format on */

/* A setting of the client, KEY=VALUE. */
int cli_model_set(cli_model_args *args, const char *key_and_value);

bool cli_model_has_flag(int id);
/* Takes one of them; CLI_OK, or another exit code after complaining. */
int cli_model_flag(cli_model_args *args, lacuna_options *options, int id, const char *value);

/* Where a verb records what it does: the file that was named, else audit.jsonl in the state folder;
 * and who acts. */
int cli_model_set_audit(const cli_model_args *args, lacuna_options *options);

/* Opens the client, and puts store and audit log into the options. The caller closes it. */
int cli_model_open(lacuna_claude **out, cli_model_args *args, lacuna_options *options);
void cli_model_args_free(cli_model_args *args);

#endif
