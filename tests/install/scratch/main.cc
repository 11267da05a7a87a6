// The headers from C++; the outline of a document.
#include <lacuna.h>
#include <lacuna_claude.h>

#include <iostream>
#include <string>

static int put(void *user, const void *data, size_t length)
{
    static_cast<std::string *>(user)->append(static_cast<const char *>(data), length);
    return 0;
}

int main(int argc, char **argv)
{
    lacuna_document *document = nullptr;
    lacuna_error err = {};
    std::string text;
    if (argc < 2 || lacuna_document_open(&document, argv[1], nullptr, &err) != LACUNA_OK ||
        lacuna_document_outline(document, "json", put, &text, &err) != LACUNA_OK) {
        std::cerr << err.message << "\n";
    }
    lacuna_document_free(document);
    std::cout << text;
    return text.empty() ? 1 : 0;
}
