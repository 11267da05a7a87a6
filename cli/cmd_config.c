#include "gate_verb.h"
#include "output.h"
#include "result_source.h"

#include <stdio.h>
#include <string.h>

static const char HELP[] =
    "usage: lacuna config verify [PATH...]\n"
    "       lacuna config show [PATH...] [options]\n"
    "\n"
    "The configuration of a repository is a file .lacuna.json. It is looked for from\n"
    "each input (default: the working directory) upward to the root of its\n"
    "repository, where .git is; outside of a repository in the folder of the input\n"
    "alone. Paths in it are relative to its folder. A flag goes before the\n"
    "environment (LACUNA_CONFIG, LACUNA_FAIL_ON, LACUNA_BASELINE, LACUNA_WAIVERS,\n"
    "LACUNA_DECISIONS), that before the file, the file before the default. It is\n"
    "used by check, baseline, waive and decide.\n"
    "\n"
    "  verify                 the file, and all it names: checklists, tailorings,\n"
    "                         waivers, baseline, decisions\n"
    "  show                   every setting with its value and where it comes from\n"
    "\n"
    "  --config FILE          this configuration\n"
    "  --no-config            none; show tells the other settings\n"
    "\n"
    "As for check, to see what they change:\n"
    "  -c, --checklist ID     this checklist (repeatable)\n"
    "  -t, --document-type T  take documents for this type\n"
    "  --fail-on SEVERITY     exit 1 from this severity on\n"
    "  --profile KEY=VALUE    a fact that no file tells (repeatable)\n"
    "  --baseline FILE        findings that are known\n"
    "  --waivers FILE         gaps a person accepts\n"
    "  --decisions FILE       items a person settled\n"
    "  --document-id PAT=ID   what documents are known as (repeatable)\n"
    "\n"
    "Keys: checklists, checklist_dirs, tailorings, documents (path, id, type),\n"
    "document_type, fail_on, fail_on_not_evaluated, profile, waivers, baseline,\n"
    "decisions, audit_log, dtd_dir, schema_dir, limits, model (model, fallback_model,\n"
    "effort). Nothing in the file turns on a model or says where one is, and it\n"
    "holds no keys. checklists/schema/config-1.json is its JSON Schema.\n"
    "\n"
    "Example:\n"
    "  {\"schema\": \"lacuna.config/1\", \"fail_on\": \"minor\",\n"
    "   \"documents\": [{\"path\": \"protocol/*.docx\", \"id\": \"protocol\"}],\n"
    "   \"waivers\": \".lacuna-waivers.json\"}\n"
    "\n"
    "Exit codes: 0 it is sound, 2 it is not, or wrong usage; 5 a defect of lacuna, or\n"
    "            out of memory\n";

enum {
    FLAG_CONFIG,
    FLAG_NO_CONFIG,
    FLAG_CHECKLIST,
    FLAG_DOCUMENT_TYPE,
    FLAG_FAIL_ON,
    FLAG_PROFILE,
    FLAG_BASELINE,
    FLAG_WAIVERS,
    FLAG_DECISIONS,
    FLAG_DOCUMENT_ID
};

static const cli_flag FLAGS[] = {
    {FLAG_CONFIG, "config", 0, true},         {FLAG_NO_CONFIG, "no-config", 0, false},
    {FLAG_CHECKLIST, "checklist", 'c', true}, {FLAG_DOCUMENT_TYPE, "document-type", 't', true},
    {FLAG_FAIL_ON, "fail-on", 0, true},       {FLAG_PROFILE, "profile", 0, true},
    {FLAG_BASELINE, "baseline", 0, true},     {FLAG_WAIVERS, "waivers", 0, true},
    {FLAG_DECISIONS, "decisions", 0, true},   {FLAG_DOCUMENT_ID, "document-id", 0, true}};

enum { FLAG_COUNT = sizeof FLAGS / sizeof FLAGS[0] };

static int on_flag(void *user, int id, const char *value)
{
    return cli_gate_flag(user, FLAGS, FLAG_COUNT, id, value);
}

/* ---- show ----------------------------------------------------------------------------------- */

static int write_line(lacuna_write_fn write, void *sink, const char *key, const char *value,
                      const char *origin)
{
    char head[64], tail[8];
    int length = snprintf(head, sizeof head, "%-21s ", key);
    (void)snprintf(tail, sizeof tail, "  (");
    return write(sink, head, (size_t)length) != 0 || write(sink, value, strlen(value)) != 0 ||
           write(sink, tail, strlen(tail)) != 0 || write(sink, origin, strlen(origin)) != 0 ||
           write(sink, ")\n", 2) != 0;
}

static lacuna_status show(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    static const struct {
        const char *key, *value;
    } defaults[] = {{"checklist", "those made for the type of the document"},
                    {"document-type", "detected"},
                    {"fail-on", "major"},
                    {"fail-on-not-evaluated", "no"},
                    {"waivers", "none"},
                    {"baseline", "none"},
                    {"decisions", "none"}};
    const cli_gate *r = user;
    int failed =
        write_line(write, sink, "configuration", r->config.path == NULL ? "none" : r->config.path,
                   r->config.none            ? "--no-config"
                   : r->config.given != NULL ? "flag"
                   : r->config.path == NULL  ? "not found"
                                             : "found");
    for (size_t i = 0; i < r->config.count && failed == 0; i++) {
        const cli_setting *s = &r->config.settings[i];
        failed = write_line(write, sink, s->key, s->value, s->origin);
    }
    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0] && failed == 0; i++) {
        if (cli_config_value(&r->config, defaults[i].key) == NULL) {
            failed = write_line(write, sink, defaults[i].key, defaults[i].value, "default");
        }
    }
    (void)err;
    return failed == 0 ? LACUNA_OK : LACUNA_E_IO;
}

/* ---- verify --------------------------------------------------------------------------------- */

/* A run over nothing reads all that the settings name. */
static int verify(cli_gate *r)
{
    lacuna_error err = {0};
    lacuna_run *run;
    lacuna_result *result = NULL;
    if (r->config.path == NULL) {
        cli_complain("config: there is no .lacuna.json; lacuna help config tells where it is "
                     "looked for");
        return CLI_USAGE;
    }
    if (lacuna_run_new(&run, r->options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    int code = CLI_OK;
    if (lacuna_run_execute(&result, run, &err) != LACUNA_OK) {
        code = cli_report_error(NULL, &err);
        code = code == CLI_INTERNAL ? code : CLI_USAGE;
    }
    lacuna_result_free(result);
    lacuna_run_free(run);
    return code;
}

static lacuna_status say_sound(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const cli_gate *r = user;
    const char *path = r->config.path;
    (void)err;
    bool failed = write(sink, path, strlen(path)) != 0 || write(sink, ": sound\n", 8) != 0;
    return failed ? LACUNA_E_IO : LACUNA_OK;
}

static int execute(cli_gate *r, const cli_command_line *line)
{
    int code = cli_expect_operands(line, 1, 4096);
    if (code != CLI_OK) {
        return code;
    }
    const char *what = line->operands[0];
    bool shown = strcmp(what, "show") == 0;
    if (!shown && strcmp(what, "verify") != 0) {
        cli_complain("config %s: it is verify or show", what);
        return CLI_USAGE;
    }
    code = cli_config_apply(&r->config, r->options, line->operands + 1, line->operand_count - 1);
    if (code == CLI_OK && !shown) {
        code = verify(r);
    }
    return code == CLI_OK ? cli_render_stdout(shown ? show : say_sound, r, true) : code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    lacuna_error err = {0};
    cli_gate r = {.options = NULL};
    if (lacuna_options_new(&r.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {
        .verb = verb, .flags = FLAGS, .flag_count = FLAG_COUNT, .on_flag = on_flag, .user = &r};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = execute(&r, &line);
    }
    lacuna_options_free(r.options);
    cli_config_free(&r.config);
    return code;
}

const cli_verb CLI_CONFIG = {"config", "verify and show the settings of a repository", HELP, run};
