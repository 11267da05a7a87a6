#include "drafter/phi/checks.h"

#include <stdint.h>
#include <stdio.h>

enum { DIGITS_MAX = 40 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits of a text; more than DIGITS_MAX: none. */
static size_t take_digits(int digits[DIGITS_MAX], lac_span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (is_digit(text.ptr[i])) {
            if (count == DIGITS_MAX) {
                return 0;
            }
            digits[count++] = text.ptr[i] - '0';
        }
    }
    return count;
}

static int number(const int *digits, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value * 10 + digits[i];
    }
    return value;
}

/* Social Security: area not 000, 666 or 9xx, group not 00, serial not 0000. */
static bool is_ssn(lac_span text)
{
    int d[DIGITS_MAX];
    if (take_digits(d, text) != 9) {
        return false;
    }
    int area = number(d, 3);
    return area != 0 && area != 666 && area < 900 && number(d + 3, 2) != 0 && number(d + 5, 4) != 0;
}

/* NHS number: weights 10 to 2, modulo 11. */
static bool is_nhs(lac_span text)
{
    int d[DIGITS_MAX], sum = 0;
    if (take_digits(d, text) != 10) {
        return false;
    }
    for (int i = 0; i < 9; i++) {
        sum += d[i] * (10 - i);
    }
    int check = (11 - sum % 11) % 11;
    return check != 10 && check == d[9];
}

static bool is_luhn(lac_span text)
{
    int d[DIGITS_MAX], sum = 0;
    size_t count = take_digits(d, text);
    for (size_t i = 0; i < count; i++) {
        int doubled = d[count - 1 - i] * (i % 2 == 1 ? 2 : 1);
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return count >= 12 && sum % 10 == 0;
}

static int alphanumeric(char c)
{
    return is_digit(c) ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

/* ISO 13616: the first four characters moved to the end, letters as 10 to 35, modulo 97 is 1. */
static bool is_iban(lac_span text)
{
    char plain[DIGITS_MAX];
    size_t count = 0;
    int rest = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != ' ') {
            if (count == DIGITS_MAX) {
                return false;
            }
            plain[count++] = text.ptr[i];
        }
    }
    for (size_t i = 0; i < count && count >= 15; i++) {
        int value = alphanumeric(plain[(i + 4) % count]);
        rest = value < 0 ? 0 : (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return count >= 15 && rest == 1;
}

/* 49 CFR 565.15(c): the ninth character is the weighted sum modulo 11. */
static bool is_vin(lac_span text)
{
    static const char values[] = "12345678-12345-7-923456789"; /* of A to Z */
    static const int weights[] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    for (size_t i = 0; i < text.len && text.len == 17; i++) {
        char c = text.ptr[i];
        char value = is_digit(c) ? c : c >= 'A' && c <= 'Z' ? values[c - 'A'] : '-';
        if (value == '-') {
            return false;
        }
        sum += (value - '0') * weights[i];
    }
    return text.len == 17 && text.ptr[8] == (sum % 11 == 10 ? 'X' : (char)('0' + sum % 11));
}

static bool is_ip4(lac_span text)
{
    int part = 0, digits = 0, parts = 1;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.') {
            if (digits == 0) {
                return false;
            }
            part = digits = 0;
            parts++;
        } else {
            part = part * 10 + (text.ptr[i] - '0');
            if (!is_digit(text.ptr[i]) || ++digits > 3 || part > 255) {
                return false;
            }
        }
    }
    return parts == 4 && digits > 0;
}

/* Eight groups of up to four digits, or fewer with one "::". */
static bool is_ip6(lac_span text)
{
    int colons = 0, doubles = 0, digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ':') {
            colons++;
            doubles += i > 0 && text.ptr[i - 1] == ':';
            digits = 0;
        } else if (++digits > 4) {
            return false;
        }
    }
    return doubles == 1 ? colons >= 2 && colons <= 8 : doubles == 0 && colons == 7 && digits > 0;
}

static bool is_ip(lac_span text)
{
    return memchr(text.ptr, ':', text.len) == NULL ? is_ip4(text) : is_ip6(text);
}

/* ITU-T E.164: up to 15 digits. */
static bool is_phone(lac_span text)
{
    int d[DIGITS_MAX];
    size_t count = take_digits(d, text);
    return count >= 8 && count <= 15;
}

/* 2021-03-12, or day and month in either order before a year of two or four digits. */
static bool is_date(lac_span text)
{
    char copy[16];
    unsigned a, b, c;
    if (text.len >= sizeof copy) {
        return false;
    }
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    for (char *at = copy; *at != '\0'; at++) {
        *at = is_digit(*at) ? *at : ' ';
    }
    if (sscanf(copy, "%4u %4u %4u", &a, &b, &c) != 3) {
        return false;
    }
    if (a > 99) {
        return b >= 1 && b <= 12 && c >= 1 && c <= 31;
    }
    return a >= 1 && a <= 31 && b >= 1 && b <= 31 && (a <= 12 || b <= 12);
}

/* 164.514(b)(2)(i)(B): the first three digits may stay, but for those of areas with 20,000 people
 * or fewer (census of 2000, as the guidance of HHS lists them). */
static bool is_zip(lac_span text)
{
    static const int small[] = {36,  59,  63,  102, 203, 556, 692, 790, 821,
                                823, 830, 831, 878, 879, 884, 890, 893};
    int d[DIGITS_MAX];
    bool rare = false;
    size_t count = take_digits(d, text);
    for (size_t i = 0; i < sizeof small / sizeof small[0] && count == 3; i++) {
        rare = rare || number(d, 3) == small[i];
    }
    return rare || count == 5 || count == 9;
}

lac_phi_check lac_phi_check_of(lac_span name)
{
    static const struct {
        const char *name;
        lac_phi_check check;
    } known[] = {
        {"ssn", is_ssn}, {"nhs", is_nhs},     {"luhn", is_luhn}, {"iban", is_iban}, {"vin", is_vin},
        {"ip", is_ip},   {"phone", is_phone}, {"date", is_date}, {"zip", is_zip},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (lac_span_is(name, known[i].name)) {
            return known[i].check;
        }
    }
    return NULL;
}
