#!/usr/bin/env python3
"""`candourctl sms check` and `phone check` as programs use them: against a slow twin that shares nothing with them
(Python's own Unicode tables), on hostile streams, and in bounded memory."""

import json
import os
import random
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import FLAVOUR, SLOWNESS, check, check_equal, main, program, test  # noqa: E402

CTL = program("candourctl")
SEED = int(os.environ.get("SEED", "4"))

# 3GPP TS 23.038, tables 6.2.1 and 6.2.1.1, without CR, ESC and the page break.
BASIC = ("@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
         "abcdefghijklmnopqrstuvwxyzäöñüà")
EXTENSION = "^{}\\[~]|€"
REMOVED = "\u00ad\u200b\u2060\ufeff\u202d\u202e"
QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b", "'") | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')


def ask(command, lines, code=None):
    """The answers to lines of bytes, and the exit code."""
    done = subprocess.run([CTL] + command, input=b"".join(lines), capture_output=True, timeout=120 * SLOWNESS, check=False)
    check_equal(done.stderr, b"", "no complaint")
    if code is not None:
        check_equal(done.returncode, code, "the exit code")
    return [json.loads(line) for line in done.stdout.splitlines()]


def question(**members):
    return json.dumps(members).encode() + b"\n"


# ---- the twin ------------------------------------------------------------------------------------

def plain(character):
    if unicodedata.category(character) == "Pd" or character == "\u2212":
        return "-"
    if unicodedata.category(character) == "Zs":
        return " "
    return "..." if character == "\u2026" else QUOTES.get(character, character)


def twin(text):
    """As contract and standard say, of a text without joiners and embeddings."""
    kept = "".join(c for c in text if c not in REMOVED and (c == "\n" or unicodedata.category(c) != "Cc"))
    kept = unicodedata.normalize("NFC", kept)
    simple = "".join(map(plain, kept))
    if all(c in BASIC or c in EXTENSION for c in simple):
        widths, limits, encoding, sent = [2 if c in EXTENSION else 1 for c in simple], (160, 153), "GSM-7", simple
    else:
        widths, limits, encoding, sent = [len(c.encode("utf-16-le")) // 2 for c in kept], (70, 67), "UCS-2", kept
    segments, full = 1, 0
    for width in widths:
        if full + width > limits[1]:
            segments, full = segments + 1, 0
        full += width
    if sum(widths) <= limits[0]:
        segments = 1
    return {"text": sent, "encoding": encoding, "units": sum(widths), "segments": segments}


ALPHABETS = [BASIC, BASIC + EXTENSION, "ab é ", "".join(QUOTES) + "\u2013\u2014\u2026\u00a0\u2009ab",
             "e\u0301\u0308\u0323\u030aAa\u1100\u1161\u11a8", "żółćęàéçŷ ", "абв ", "سلام ", "বাংলা ", "中文", "😀👍€",
             REMOVED + "abé\u0301", "\t\r\x00\x07\x1b\x7f\x85a\n".replace("\x00", ""), "\u212b\u2126\u212a\ufb01\u00b5"]


def random_text(luck):
    alphabets = luck.sample(ALPHABETS, luck.choice((1, 1, 1, 2, 2, 3)))
    length = luck.choice((1, 3, 30, 69, 70, 71, 134, 135, 152, 153, 154, 159, 160, 161, 306, 307, 460))
    return "x" + "".join(luck.choice(luck.choice(alphabets))
                         for _ in range(length))


@test("texts of every kind are cleaned, encoded and counted as a slow twin does it")
def twin_test(world):
    luck = random.Random(SEED)
    texts = [random_text(luck) for _ in range(6000 if FLAVOUR == "release" else 1500)]
    found = ask(["sms", "check"], [question(text=text) for text in texts], 0)
    check_equal(len(found), len(texts), "the number of answers")
    for text, answer in zip(texts, found):
        check_equal(answer, twin(text), "of %r (SEED=%d)" % (text, SEED))


@test("every single character is sent as it is, or changed as the twin says")
def characters_test(world):
    # Unassigned ones may be known to one side already; joiners and embeddings depend on what is around them.
    skipped = "\u200c\u200d\u202a\u202b\u202c"
    texts = ["a%sb" % chr(c) for c in range(1, 0x30000)
             if not 0xD800 <= c <= 0xDFFF and chr(c) not in skipped and unicodedata.category(chr(c)) != "Cn"]
    if FLAVOUR != "release":
        texts = texts[:0x3000]
    found = ask(["sms", "check"], [question(text=text) for text in texts], 0)
    for text, answer in zip(texts, found):
        check_equal(answer, twin(text), "of %r" % text)
    check_equal(len(found), len(texts), "the number of answers")


# ---- streams -------------------------------------------------------------------------------------

BAD = [(b"\n", "not_json"), (b"no\n", "not_json"), (b"{\n", "not_json"), (b"[]\n", "not_json"), (b"null\n", "not_json"),
       (b'"text"\n', "not_json"), (b"{}\n", "missing_field"), (b'{"text":null}\n', "wrong_type"),
       (b'{"text":7}\n', "wrong_type"), (b'{"text":["a"]}\n', "wrong_type"), (b'{"text":"\xff"}\n', "not_utf8"),
       (b'{"text":"\xc0\x80"}\n', "not_utf8"), (b'{"text":"\\ud800"}\n', "not_json"),
       (b'{"text":"a","text":"b"}\n', "not_json"),
       (b'{"text":"' + b"[" * 9 + b'\n', "not_json"), (b"[" * 5000 + b"\n", "not_json"), (b'{"text":""}\n', "blank"),
       (b'{"text":" \\u00a0\\n"}\n', "blank"), (b'{"text":"\\u200b\\u202e"}\n', "blank"), (b"\x00\n", "not_json"),
       (b'{"text":"' + b"x" * (17 << 20) + b'"}\n', "not_json")]


@test("a preview of an SMS says what it costs")
def preview_test(world):
    found = world.ctl("preview", "action-agreed", "--format", "sms").json
    measured = ask(["sms", "check"], [question(text=found["sms"])], 0)[0]
    check_equal((found["encoding"], found["units"], found["segments"], found["cost"]),
                ("GSM-7", measured["units"], 1, "single"), "as JSON")
    out = world.ctl("preview", "action-agreed", "--format", "sms", json_out=False).out
    check_equal(out, "%s\n\nEncoding: GSM-7\nUnits: %d\nSegments: 1\nCost class: single (charged as one message)\n" %
                (found["sms"], found["units"]), "for people")
    world.ctl("preview", "action-agreed", "--format", "sms", "--out", world.path("sms.txt"), json_out=False)
    with open(world.path("sms.txt"), encoding="utf-8") as file:
        check_equal(file.read(), found["sms"] + "\n", "the file holds the text alone")


@test("each line has its answer, in order, whatever it holds")
def stream_test(world):
    lines, wanted = [], []
    for number, (line, code) in enumerate(BAD):
        lines += [question(text="t%d" % number), line]
        wanted += ["t%d" % number, code]
    found = ask(["sms", "check"], lines + [b'{"text":"the last"}'], 1)
    check_equal([answer.get("text") or answer["error"]["code"] for answer in found], wanted + ["the last"], "the answers")
    check(all(answer["error"]["message"] for answer in found if "error" in answer), "each error has a sentence")
    found = ask(["phone", "check"], [b'{"number":"07700 900123"}\n', b"no\n", b'{"number":7700900123}\n', b"{}\n",
                                     b'{"number":"0114 496 0123"}\n'], 1)
    check_equal([answer.get("e164") or answer["error"]["code"] for answer in found],
                ["+447700900123", "not_json", "wrong_type", "missing_field", "landline"], "the answers on numbers")


@test("an answer comes before the next question, and a long stream needs no more memory than a short one")
def memory_test(world):
    child = subprocess.Popen([CTL, "sms", "check"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for number in range(5):
            child.stdin.write(question(text="t%d" % number))
            child.stdin.flush()
            check_equal(json.loads(child.stdout.readline())["text"], "t%d" % number, "the answer")
        long = question(text="Łódź " * 800)
        for _ in range(2000 if FLAVOUR == "release" else 300):
            child.stdin.write(long)
            child.stdin.flush()
            child.stdout.readline()
        with open("/proc/%d/status" % child.pid, encoding="ascii") as file:
            most = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
        check(FLAVOUR != "release" or most < 32 * 1024, "it held %d KiB at most" % most)
        child.stdin.close()
        check_equal(child.wait(30 * SLOWNESS), 0, "the exit code")
    finally:
        child.kill()
        child.stdout.close()


main()
