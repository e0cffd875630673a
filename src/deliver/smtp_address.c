/*
 * Addresses before they reach a command. Neither library checks them: a line end in one would be a
 * second command to the relay. What has no ASCII form is refused, since no relay can be relied on
 * to take it (SMTPUTF8).
 */
#include "deliver/smtp.h"

#include <idn2.h>

#include "base/arena.h"

/* RFC 5321 4.5.3.1. */
#define NAME_MAX_BYTES 64
#define DOMAIN_MAX_BYTES 253
#define LABEL_MAX_BYTES 63
#define ADDRESS_MAX_BYTES ((size_t)254)

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] > 0x7e)
			return false;
	}
	return true;
}

static bool has_control(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f)
			return true;
	}
	return false;
}

/* A dot-atom: words of ordinary characters with single dots between. */
static bool is_name(str name)
{
	bool after_dot = true;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (c == '.' && after_dot)
			return false;
		if (c != '.' && !is_letter_or_digit(c) &&
		    !str_has_byte(S("!#$%&'*+-/=?^_`{|}~"), c))
			return false;
		after_dot = c == '.';
	}
	return !after_dot;
}

/* Labels of letters, digits and inner hyphens, with single dots between. */
static bool is_domain(str domain)
{
	str rest = domain, label, behind;
	if (domain.n == 0 || domain.n > DOMAIN_MAX_BYTES)
		return false;
	for (bool more = true; more; rest = behind) {
		more = str_cut(rest, '.', &label, &behind);
		if (!more)
			label = rest;
		if (label.n == 0 || label.n > LABEL_MAX_BYTES || label.p[0] == '-' ||
		    label.p[label.n - 1] == '-')
			return false;
		for (size_t i = 0; i < label.n; i++) {
			if (!is_letter_or_digit(label.p[i]) && label.p[i] != '-')
				return false;
		}
		if (!more)
			break;
	}
	return true;
}

static bool to_ascii(struct arena *arena, str domain, str *out)
{
	char *ascii = NULL;
	if (is_ascii(domain)) {
		*out = domain;
		return true;
	}
	if (idn2_to_ascii_8z(str_z(arena, domain), &ascii,
			     IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES) !=
	    IDN2_OK)
		return false;
	*out = str_copy(arena, str_of(ascii));
	idn2_free(ascii);
	return true;
}

bool smtp_host(struct arena *arena, str host, str *out)
{
	str ascii;
	if (has_control(host) || !to_ascii(arena, host, &ascii) || !is_domain(ascii))
		return false;
	*out = ascii;
	return true;
}

str smtp_address(struct arena *arena, str address, str *out)
{
	str name, domain;
	if (address.n > 4 * ADDRESS_MAX_BYTES)
		return S("address_length");
	if (has_control(address) || !str_cut(address, '@', &name, &domain))
		return S("address_syntax");
	if (!is_ascii(name))
		return S("address_not_ascii");
	if (name.n > NAME_MAX_BYTES)
		return S("address_length");
	if (!is_name(name))
		return S("address_syntax");
	if (!smtp_host(arena, domain, &domain) || !str_has_byte(domain, '.'))
		return S("address_domain");
	if (name.n + 1 + domain.n > ADDRESS_MAX_BYTES)
		return S("address_length");
	*out = str_fmt(arena, "%.*s@%.*s", STR_ARG(name), STR_ARG(domain));
	return STR_EMPTY;
}

str smtp_sender(struct arena *arena, str from, str id)
{
	str name, domain;
	require(str_cut(from, '@', &name, &domain));
	if (name.n + 1 + id.n > NAME_MAX_BYTES || from.n + 1 + id.n > ADDRESS_MAX_BYTES)
		return from;
	return str_fmt(arena, "%.*s+%.*s@%.*s", STR_ARG(name), STR_ARG(id), STR_ARG(domain));
}
