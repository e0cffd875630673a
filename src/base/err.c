#include "base/err.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

const char *err_text(enum err err)
{
	static const char *const texts[ERR_COUNT] = {
#define X(name, text) [name] = (text),
		ERR_LIST(X)
#undef X
	};
	return (unsigned)err < ERR_COUNT ? texts[err] : "unknown error";
}

struct findings findings_of(struct arena *arena)
{
	return (struct findings){ .arena = arena };
}

static void add(struct findings *findings, struct finding finding)
{
	if (!finding.warning)
		findings->errors++;
	if (findings->n == FINDINGS_MAX)
		return;
	if (findings->list == NULL)
		findings->list = TAKE(findings->arena, struct finding, FINDINGS_MAX);
	finding.file = str_copy(findings->arena, finding.file);
	findings->list[findings->n++] = finding;
}

void findings_error(struct findings *findings, str file, int line, const char *code,
		    const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add(findings, (struct finding){
			      .file = file,
			      .line = line,
			      .code = str_copy(findings->arena, str_of(code)),
			      .message = str_vfmt(findings->arena, format, args),
		      });
	va_end(args);
}

void findings_warning(struct findings *findings, str file, int line, const char *code,
		      const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add(findings, (struct finding){
			      .file = file,
			      .line = line,
			      .code = str_copy(findings->arena, str_of(code)),
			      .message = str_vfmt(findings->arena, format, args),
			      .warning = true,
		      });
	va_end(args);
}

void require_failed(const char *promise, const char *file, int line)
{
	fprintf(stderr, "%s:%d: a promise is broken: %s\n", file, line, promise);
	abort();
}

void fatal(const char *why)
{
	fprintf(stderr, "cannot go on: %s\n", why);
	abort();
}
