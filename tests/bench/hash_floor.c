/* The floor that `lacuna inventory` is held against: every file below a folder read once and hashed
 * with MD5 by a bare loop over libcrypto. usage: hash_floor FOLDER */
#define _XOPEN_SOURCE 700

#include <ftw.h>
#include <openssl/evp.h>
#include <stdio.h>

static unsigned long long files, bytes;

static int hash_file(const char *path, const struct stat *facts, int kind, struct FTW *where)
{
    static unsigned char piece[64 * 1024];
    unsigned char digest[EVP_MAX_MD_SIZE];
    (void)facts;
    (void)where;
    if (kind != FTW_F) {
        return 0;
    }
    FILE *file = fopen(path, "rb");
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (file == NULL || context == NULL || EVP_DigestInit_ex(context, EVP_md5(), NULL) != 1) {
        return 1;
    }
    (void)setvbuf(file, NULL, _IONBF, 0);
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0; bytes += got) {
        (void)EVP_DigestUpdate(context, piece, got);
    }
    (void)EVP_DigestFinal_ex(context, digest, NULL);
    EVP_MD_CTX_free(context);
    (void)fclose(file);
    files++;
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 2 || nftw(argv[1], hash_file, 16, FTW_PHYS) != 0) {
        (void)fprintf(stderr, "usage: hash_floor FOLDER\n");
        return 2;
    }
    (void)printf("%llu files, %llu bytes\n", files, bytes);
    return 0;
}
