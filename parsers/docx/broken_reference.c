#include "parsers/docx/broken_reference.h"

/* In the language of the Word that wrote it: English, German, French, Spanish, Italian, Dutch,
 * Portuguese, Norwegian/Danish, Swedish. */
static const char *const messages[] = {
    "Error! Reference source not found",
    "Error! Bookmark not defined",
    "Error! No bookmark name given",
    "Error! Unknown document property name",
    "Error! No text of specified style in document",
    "Fehler! Verweisquelle konnte nicht gefunden werden",
    "Fehler! Textmarke nicht definiert",
    "Erreur ! Source du renvoi introuvable",
    "Erreur ! Signet non d",
    "Error! No se encuentra el origen de la referencia",
    "Error! Marcador no definido",
    "Errore. L'origine riferimento non",
    "Errore. Il segnalibro non",
    "Fout! Verwijzingsbron niet gevonden",
    "Fout! Bladwijzer niet gedefinieerd",
    "Erro! Fonte de refer",
    "Erro! Indicador n",
    "Feil! Fant ikke referansekilden",
    "Fejl! Henvisningskilde ikke fundet",
    "Fel! Hittar inte referensk",
};

/* All messages have one of these; most paragraphs have none, and are left at once. */
static bool may_hold_message(lac_span text)
{
    for (size_t i = 0; i + 4 < text.len; i++) {
        if ((text.ptr[i] == 'E' || text.ptr[i] == 'F') &&
            (memcmp(text.ptr + i, "Erro", 4) == 0 || memcmp(text.ptr + i, "Erre", 4) == 0 ||
             memcmp(text.ptr + i, "Fe", 2) == 0 || memcmp(text.ptr + i, "Fout", 4) == 0)) {
            return true;
        }
    }
    return false;
}

static bool contains(lac_span text, lac_span wanted)
{
    for (size_t i = 0; i + wanted.len <= text.len; i++) {
        if (text.ptr[i] == wanted.ptr[0] && memcmp(text.ptr + i, wanted.ptr, wanted.len) == 0) {
            return true;
        }
    }
    return false;
}

bool lac_is_broken_reference(lac_span text)
{
    if (!may_hold_message(text)) {
        return false;
    }
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        if (contains(text, lac_span_of(messages[i]))) {
            return true;
        }
    }
    return false;
}
