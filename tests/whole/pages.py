#!/usr/bin/env python3
"""What candour-letter makes: measured, read back, and made to fail.

CANDOUR_ALL_PAGES=1 (make pages) measures every template in every size and for both envelopes; without it
the longest ones stand for all.
"""

import os
import resource
import shutil
import signal
import struct
import sys
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from harness import FLAVOUR, ROOT, check, check_equal, main, test  # noqa: E402
from pages import (FIRST, MM, OTHERS, PROFILES, SEEN, SIZES, WINDOW, Died, Worker, paragraph, part, plain,  # noqa: E402
                   request_of, string, table, texts_of)

ALL = os.environ.get("CANDOUR_ALL_PAGES") == "1"
LONGEST = ("ehcna-refused", "plan-final")
LANGUAGES = ("ar", "bn", "ckb", "fa", "pa", "pl", "sk", "ti", "ur", "zh-Hans")
RIGHT_TO_LEFT = ("ar", "ckb", "fa", "ur")
PINNED = ("NotoSans-", "NotoNaskhArabic-", "NotoSansBengali-", "NotoSansGurmukhi-", "NotoSansEthiopic-",
          "NotoSansSymbols", "CairoFont-")  # the last: outlines of Chinese


def templates():
    names = sorted(name[:-3] for name in os.listdir(os.path.join(ROOT, "templates", "en")) if name.endswith(".md"))
    return [name for name in names if ALL or name in LONGEST]


def tree_of(world, name, *more):
    return world.ctl("preview", name, "--format", "letter", *more).json["letter"]


def with_languages(world):
    """The shipped templates, and a notice in many languages beside them."""
    folder = world.copy_templates()
    for language in os.listdir(os.path.join(ROOT, "tests", "languages")):
        shutil.copytree(os.path.join(ROOT, "tests", "languages", language), os.path.join(folder, language),
                        dirs_exist_ok=True)


def measure(pdf, profile, what):
    pages = pdf.raster()
    check_equal(len(pages), pdf.pages, "%s: pages" % what)
    for number, page in enumerate(pages):
        place = page.outside(FIRST[profile] if number == 0 else OTHERS)
        check(place is None, "%s: ink on page %d at %r mm" % (what, number + 1, place))
        check(page.ink(15, 275, 195, 292) is not None, "%s: page %d has its number" % (what, number + 1))
    # Wherever the sheet slides to, all of the address is in the window, and nothing else.
    window = pages[0].ink(*WINDOW[profile])
    check(window is not None and window == pages[0].ink(*SEEN[profile]), "%s: the window shows more" % what)
    if profile == "local_dl":
        whole = pages[0].pixels(*WINDOW[profile])
        for right, down in ((0, 0), (10, 0), (0, 11), (10, 11), (5, 5)):
            check_equal(pages[0].pixels(20 - right, 57 - down, 110 - right, 92 - down), whole,
                        "%s: the window when the sheet lies %d, %d mm in" % (what, right, down))


@test("every template in every size keeps to its page, and the window shows the address and nothing else")
def measuring_test(world):
    sizes = SIZES if ALL else (0, 18, 28)
    count = 0
    with Worker("--requests", "100000") as worker:
        for name in templates():
            parts = tree_of(world, name)
            for points in sizes:
                for profile in PROFILES:
                    pdf = worker.make(request_of(parts, points=points, profile=profile))
                    measure(pdf, profile, "%s, %d pt, %s" % (name, points, profile))
                    count += pdf.pages
    print("# %d pages measured" % count)


@test("a letter says what its words are, in English and in large print")
def text_test(world):
    with Worker() as worker:
        for name in templates():
            parts = tree_of(world, name)
            for points in (0, 24):
                pdf = worker.make(request_of(parts, points=points))
                # What is on the foot of each page may stand in the middle of a paragraph.
                lines = pdf.text("-raw").splitlines()
                text = plain(" ".join(line for line in lines if not line.startswith("Page ") and line != "C-leo"))
                everything = plain(" ".join(lines))
                for wanted in texts_of(parts[0]["passages"]):
                    check(plain(wanted) in text, "%s, %d pt, lacks %r" % (name, points, wanted))
                for wanted in ("Ms Dana Novak", "S10 9ZZ", "Monday 7 December 2026", "C-leo", "Sheffield City Council",
                               "0114 496 0100", "send@sheffield.example", "S99 9ZZ"):
                    check(wanted in everything, "%s, %d pt, lacks %r" % (name, points, wanted))
                for number in range(1, pdf.pages + 1):
                    check("Page %d of %d" % (number, pdf.pages) in everything, "page %d's number" % number)


@test("every language is shaped from pinned fonts, tagged with its language, and followed by the English text")
def languages_test(world):
    with_languages(world)
    with Worker() as worker:
        for language in LANGUAGES:
            parts = tree_of(world, "notice", "--language", language)
            check_equal([each["language"] for each in parts], [language, "en"], "the parts")
            for profile, points in (("notify_c5", 0), ("local_dl", 24)) if ALL or language == "ur" else (("notify_c5", 0),):
                pdf = worker.make(request_of(parts, points=points, profile=profile))
                measure(pdf, profile, "%s, %d pt" % (language, points))
                check_language(world, pdf, parts, language)


def check_language(world, pdf, parts, language):
    folder = world.path("")
    check_equal([name for name, embedded in pdf.fonts()
                 if not embedded or not name.split("+")[1].startswith(PINNED)], [], "%s: other fonts" % language)
    check_equal(string(pdf.catalog(folder)["/Lang"]), language, "the document's language")
    check_equal(pdf.catalog(folder)["/ViewerPreferences"], {"/DisplayDocTitle": True}, "the title is shown")
    elements = pdf.elements(folder)
    check_equal({string(node.get("/Lang")) for _, tag, node in elements if tag == "Sect" and node.get("/Lang")
                 and string(node["/Lang"]) != "en"}, {language}, "the translation's part")
    english = plain(" ".join(texts_of(parts[1]["passages"])).split(". ")[0])
    check(english in plain(pdf.text("-raw")), "%s: the English text" % language)
    if language in ("pl", "sk", "ti", "zh-Hans"):
        # Glyph for glyph: the text can be read from the page itself.
        text = plain(pdf.text("-raw")).replace(" ", "")
        for wanted in texts_of(parts[0]["passages"]):
            check(plain(wanted).replace(" ", "") in text, "%s lacks %r" % (language, wanted))
        return
    # Else it stands behind the glyphs. Links have theirs for themselves, so pieces are put together.
    actual = plain(" ".join(string(node["/ActualText"]) for _, _, node in elements if "/ActualText" in node))
    for wanted in texts_of(part_without_links(parts[0])["passages"]):
        check(plain(wanted) in actual, "%s: the text behind the glyphs lacks %r" % (language, plain(wanted)))


def part_without_links(tree):
    """Only the passages that are all of one piece."""
    def whole(passage):
        return passage["type"] in ("heading", "paragraph") and not any("href" in span for span in passage["spans"])
    return {"passages": [each for each in tree["passages"] if whole(each)]}


def words(pdf):
    """Each word of the first page as pdftotext places it: (text, left, top, right)."""
    found = []
    for line in pdf.text("-bbox", "-l", "1").splitlines():
        if "<word" in line:
            left, top, right = (float(line.split('"')[i]) for i in (1, 3, 5))
            found.append((line.split(">")[1].split("<")[0], left, top, right))
    return found


@test("what runs from right to left begins at the right, and numbers and names keep their own direction")
def direction_test(world):
    with_languages(world)
    with Worker() as worker:
        for language in RIGHT_TO_LEFT:
            pdf = worker.make(request_of(tree_of(world, "notice", "--language", language)))
            page = pdf.raster()[0]
            box = page.ink(15, 96, 195, 106)  # the heading
            check(box[2] > 185 / 25.4 * 72 and box[0] > 100 / 25.4 * 72, "%s: the heading is at the right" % language)
            found = words(pdf)
            places = {text: left for text, left, _, _ in found}
            check(places["Sam"] < places["Okafor"], "%s: a name reads from left to right" % language)
            # Only the authority's own number ends so.
            line = next(top for text, _, top, _ in found if text == "0100")
            number = {text: left for text, left, top, _ in found if abs(top - line) < 2}
            check(number["0114"] < number["496"] < number["0100"], "%s: so does a number" % language)


# The first day on a letter, the second page of three, and the label of the date.
OWN_WORDS = {
    "ar": ("الاثنين 7 ديسمبر 2026", "التاريخ:"), "bn": ("সোমবার, ৭ ডিসেম্বর ২০২৬", "তারিখ:"),
    "ckb": ("دووشەممە، ٧ی کانوونی یەکەمی ٢٠٢٦", "ڕێکەوت:"), "fa": ("دوشنبه ۷ دسامبر ۲۰۲۶", "تاریخ:"),
    "pa": ("ਸੋਮਵਾਰ, 7 ਦਸੰਬਰ 2026", "ਤਾਰੀਖ:"), "pl": ("7 grudnia 2026 r. (poniedziałek)", "Data:"),
    "sk": ("7. decembra 2026 (pondelok)", "Dátum:"), "ti": ("ሰኑይ፣ 7 ታሕሳስ 2026", "ዕለት:"),
    "ur": ("پیر 7 دسمبر 2026", "تاریخ:"), "zh-Hans": ("2026年12月7日星期一", "日期:"),
}


@test("what stands beside the text is in its language, and English where a word is missing, each tagged as what it is")
def own_words_test(world):
    with_languages(world)
    folder = world.path("")
    with Worker() as worker:
        for language, (day, label) in OWN_WORDS.items():
            parts = tree_of(world, "notice", "--language", language)
            pdf = worker.make(request_of(parts))
            block = [string(node.get("/Lang")) for _, tag, node in pdf.elements(folder) if tag == "P" and "/Lang" in node]
            check_equal(block, ["en", "en", language, language, language, "en"], "%s: the contact block" % language)
            said = pdf.text("-raw", "-l", "1") + " ".join(string(node.get("/ActualText")) or "" for _, _, node in
                                                          pdf.elements(folder))
            check(plain(label + " " + day) in plain(said), "%s: the date" % language)
            check("Page 1 of" not in said, "%s: the page's number" % language)
            # The English text's pages have English numbers.
            check("Page %d of %d" % (pdf.pages, pdf.pages) in pdf.text("-raw", "-f", str(pdf.pages)), "the last page")
            for missing in ("date", "date_label"):
                parts[0]["words"].pop(missing)
            pdf = worker.make(request_of(parts))
            block = [string(node.get("/Lang")) for _, tag, node in pdf.elements(folder) if tag == "P" and "/Lang" in node]
            check_equal(block, ["en", "en", language, "en", language, "en"], "%s: without a date" % language)
            check("Monday 7 December 2026" in plain(pdf.text("-raw", "-l", "1")), "%s: the English date" % language)
            pdf = worker.make(request_of(parts, points=18))
            check_equal(string(pdf.catalog(folder)["/Lang"]), language, "%s: large print's language" % language)


@test("a reference as long as there is one stands beside the page's number, from either side, and keeps to the page")
def long_reference_test(world):
    reference = "".join("W%d" % (i % 10) for i in range(32))
    with Worker() as worker:
        for more in ({}, {"language": "ur", "right_to_left": True}):
            pdf = worker.make(request_of([part(paragraph("Hello"), **more)], reference=reference))
            measure(pdf, "notify_c5", "a long reference")
            foot = [each for each in words(pdf) if each[2] > 276 * MM]
            pieces = [each for each in foot if "W" in each[0]]
            numbers = [each for each in foot if each not in pieces]
            check_equal("".join(each[0] for each in sorted(pieces, key=lambda each: each[2])), reference, "all of it")
            check(numbers and all(number[1] > piece[3] or number[3] < piece[1] for number in numbers for piece in pieces),
                  "side by side: %r" % foot)


@test("headings, lists and links are what they are, in reading order; a long letter has bookmarks")
def structure_test(world):
    folder = world.path("")
    with Worker() as worker:
        pdf = worker.make(request_of(tree_of(world, "ehcna-refused")))
        tags = [tag for _, tag, _ in pdf.elements(folder)]
        check_equal(tags[:9], ["Document", "P", "P", "P", "P", "P", "P", "Sect", "H1"], "the beginning")
        for depth, tag, node in pdf.elements(folder):
            check(tag in ("Document", "Sect", "P", "H1", "H2", "L", "LI", "Lbl", "LBody", "Span", "Link"), tag)
        check(tags.count("LI") == tags.count("Lbl") == tags.count("LBody") > 5, "lists have labels and bodies")
        check(tags.count("Link") > 10, "links")
        catalog = pdf.catalog(folder)
        check_equal(pdf.get(folder, catalog["/MarkInfo"]), {"/Marked": True}, "tagged")
        check("/Outlines" in catalog, "three pages have bookmarks")
        info = pdf.get(folder, pdf.objects(folder)["trailer"]["value"]["/Info"])
        check_equal(string(info["/Title"]), "Our decision on a request", "the title")
        short = worker.make(request_of([part(paragraph("One page."))]))
        check("/Outlines" not in short.catalog(world.path("")), "one page has none")


AGREED = (
    ("Ask the school for its report on the help that Leo gets now", "Sam Okafor", "Monday 14 December 2026"),
    ("Send you the notes", ("Priya Shah, ", {"text": "call her", "href": "tel:01144960101"}), "Friday 18 December 2026"),
    ("Book a hearing test", "", "Thursday 7 January 2027"))
HEAD = ("What", "Who", "By when")


@test("a table has real rows and heads, and in large print becomes a list that says the same")
def table_test(world):
    agreed = part(paragraph("We agreed:"), table(HEAD, *AGREED, align=["start", "centre", "end"]), paragraph("After."))
    with Worker() as worker:
        for points in SIZES:
            for profile in PROFILES:
                pdf = worker.make(request_of([agreed], points=points, profile=profile))
                measure(pdf, profile, "a table, %d pt" % points)
            elements = pdf.elements(world.path(""))
            tags = [tag for _, tag, _ in elements]
            if points >= 20:
                check("Table" not in tags and tags.count("LI") == 3, "%d pt: a list" % points)
                check("What: Book a hearing test By when: Thursday 7 January 2027" in plain(pdf.text("-raw")),
                      "%d pt: the head before each cell, and none before an empty one" % points)
                continue
            check_equal((tags.count("Table"), tags.count("TR"), tags.count("TH"), tags.count("TD")), (1, 4, 3, 9),
                        "%d pt: the table" % points)
            check_equal([pdf.get(world.path(""), node["/A"]) for _, tag, node in elements if tag == "TH"],
                        [{"/O": "/Table", "/Scope": "/Column"}] * 3, "what heads are of")
            depths = [depth for depth, tag, _ in elements if tag in ("Table", "TR", "TD")]
            check_equal(depths[:3], [depths[0], depths[0] + 1, depths[0] + 1], "rows in the table")
            check(min(tags.index(tag) for tag in ("TD", "Link")) > tags.index("TH"), "the head comes first")


@test("a table's rows are whole, and its head stands above them on each page")
def long_table_test(world):
    rows = [("%d" % i, "Row %d of a table, with words enough to fill two lines of its column or even a little more than "
             "that, so that a page could end between them" % i) for i in range(40)]
    with Worker() as worker:
        pdf = worker.make(request_of([part(table(("No.", "What it says"), *rows, align=["end", "start"]))]))
        measure(pdf, "notify_c5", "a long table")
        check(pdf.pages >= 3, "it is long")
        pages = pdf.text("-raw").split("\f")
        for number in range(pdf.pages):
            check_equal(plain(pages[number]).count("What it says"), 1, "page %d has the head" % (number + 1))
        for i in range(40):
            check_equal(sum(plain("Row %d of" % i) in plain(page) and plain(rows[i][1]) in plain(page) for page in pages), 1,
                        "row %d is whole" % i)
        elements = pdf.elements(world.path(""))
        tags = [tag for _, tag, _ in elements]
        check_equal((tags.count("TR"), tags.count("TH")), (41, 2), "the head is there once for who cannot see it")
        rows_of = [node["/K"] for _, tag, node in elements if tag == "Table"]
        check_equal([len(each) for each in rows_of], [41], "the table has rows and nothing else")
        said, _ = worker.ask(request_of([part(table(("No.", "What it says"), *rows * 5))]))
        check_equal((said["error"]["code"], said["error"]["message"]), ("too_long", "more than 10 pages"), "200 such rows")


@test("columns stand as they are asked for, and from the right where the language does")
def columns_test(world):
    with Worker() as worker:
        places = {text: (left, right) for text, left, _, right in words(worker.make(request_of(
            [part(table(("Aaaa", "Bbbb", "Cccc"), ("aaaaaaaa", "bbbbbbbb", "cccccccc"), align=["start", "centre", "end"]))])))}
        def middle(text):
            return sum(places[text]) / 2
        check(abs(places["Aaaa"][0] - places["aaaaaaaa"][0]) < 1, "start")
        check(abs(middle("Bbbb") - middle("bbbbbbbb")) < 1, "centre")
        check(abs(places["Cccc"][1] - places["cccccccc"][1]) < 1, "end")
        check(places["aaaaaaaa"][1] < places["bbbbbbbb"][0] < places["bbbbbbbb"][1] < places["cccccccc"][0], "side by side")
        pdf = worker.make(request_of([part(table(("کیا", "کب تک"), ("Aaaa", "Cccc"), align=["start", "end"]), language="ur",
                                           right_to_left=True)]))
        places = {text: (left, right) for text, left, _, right in words(pdf)}
        check(places["Cccc"][1] < places["Aaaa"][0], "the first column is at the right")
        check(places["Aaaa"][1] > 185 / 25.4 * 72, "and begins where lines do")


@test("a very wide table is a list at any size, and a link in a cell is one")
def wide_table_test(world):
    heads = tuple("Column %d" % i for i in range(12))
    with Worker() as worker:
        for points in SIZES:
            pdf = worker.make(request_of([part(table(heads, tuple("words of %d that go on" % i for i in range(12))))],
                                         points=points))
            measure(pdf, "notify_c5", "twelve columns, %d pt" % points)
            check("Column 11: words of 11 that go on" in plain(pdf.text("-raw")), "%d pt: a line each" % points)
        pdf = worker.make(request_of([part(table(("A",), (({"text": "us", "href": "https://a.example/x"},),)))]))
        tags = [tag for _, tag, _ in pdf.elements(world.path(""))]
        check_equal(tags[tags.index("Table"):], ["Table", "TR", "TH", "TR", "TD", "Link", "Span", "Link", "Span"], "the link")


@test("the logo is the head, with its words for who cannot see it")
def logo_test(world):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    path = world.path("logo.png")
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 400, 100, 8, 0, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress((b"\0" + b"\x40" * 400) * 100)) + chunk(b"IEND", b""))
    with Worker() as worker:
        pdf = worker.make(request_of([part(paragraph("Hello"))], logo=path))
        measure(pdf, "notify_c5", "with a logo")
        figures = [node for _, tag, node in pdf.elements(world.path("")) if tag == "Figure"]
        check_equal([string(node["/Alt"]) for node in figures], ["Sheffield City Council"], "the logo's words")
        damaged = world.path("damaged.png")
        with open(path, "rb") as whole, open(damaged, "wb") as file:
            file.write(whole.read()[:60])
        said, _ = worker.ask(request_of([part(paragraph("Hello"))], logo=damaged))
        check_equal(said["error"]["code"], "bad_logo", "a damaged logo")


@test("no character is lost: each of a line of Chinese has ink")
def chinese_test(world):
    # Cairo's own subset of this font loses the third one.
    text = "我们如何使用您的信息"
    with Worker() as worker:
        pdf = worker.make(request_of([part(paragraph(text), language="zh-Hans")], points=24))
    words = [line for line in pdf.text("-bbox", "-l", "1").splitlines() if text in line]
    left, top, right, bottom = (float(words[0].split('"')[i]) for i in (1, 3, 5, 7))
    page = pdf.raster(144)[0]
    step = (right - left) / len(text)
    for i, character in enumerate(text):
        rows = page.rows[int(top * 2):int(bottom * 2)]
        cells = [row[int((left + i * step) * 2):int((left + (i + 1) * step) * 2)] for row in rows]
        check(sum(pixel < 128 for cell in cells for pixel in cell) > 40, "%s is empty" % character)


@test("a link cannot break out of its place, and hostile text stays text")
def hostile_test(world):
    text = ") endobj << /S /JavaScript >> \\) (\\ %s %n"
    with Worker() as worker:
        pdf = worker.make(request_of([part(paragraph(text, {"text": "x", "href": "https://a.example/)>>\\'(\u00e9"}))]))
        check(text in plain(pdf.text("-raw")), "the text as it is")
        uris = [each["value"]["/A"]["/URI"] for each in pdf.objects(world.path("")).values()
                if isinstance(each.get("value"), dict) and "/A" in each["value"]]
        check_equal(sorted({string(uri) for uri in uris}), ["https://a.example/%29>>%5C%27%28%C3%A9"], "the link")
        check(b"JavaScript" not in pdf.data, "no action")
        # A letter above U+FFFF is two of UTF-16.
        text = "\u0633\u0644\u0627\u0645 " + text + " \U0001d400"
        pdf = worker.make(request_of([part(paragraph(text), language="ar", right_to_left=True)]))
        check_equal([plain(string(node["/ActualText"])) for _, _, node in pdf.elements(world.path(""))
                     if "/ActualText" in node], [text], "the text behind the glyphs")


@test("a number that hangs on a word longer than a line does not stand out of the page with it")
def long_word_test(world):
    with Worker() as worker:
        # As many letters as leave no place for all of the number.
        for n in range(52, 66, 2):
            pdf = worker.make(request_of([part(paragraph("n" * n + "ال4 496 0101"))], profile="local_dl"))
            measure(pdf, "local_dl", "a word of %d letters" % n)


@test("a letter that cannot be made is refused with its code, and the next one is made")
def refusal_test(world):
    short = [part(paragraph("Hello"))]
    cases = (
        ("missing_glyph", request_of([part(paragraph("smile \U0001f642"))])),
        ("too_long", request_of([part(*[paragraph("One more line.")] * 700)])),
        ("too_long", request_of([part(paragraph("word " * 30000))])),
        ("address_size", request_of(short, to=["W" * 150, "S1 1AA"])),
        ("bad_request", request_of(short, points=17)),
        ("bad_request", request_of(short, to=["x"] * 8)),
        ("bad_request", {}),
        ("bad_logo", request_of(short, logo="/nowhere.png")),
    )
    with Worker() as worker:
        for code, request in cases:
            said, pdf = worker.ask(request)
            check_equal((said["error"]["code"], pdf), (code, b""), "refused")
            check("smile" not in said["error"]["message"], "no words of the letter")
            worker.make(request_of(short))
        code, errors = worker.end()
        check_equal(code, 0, "it ends with its input")
        check("code=missing_glyph" in errors and "smile" not in errors and "Novak" not in errors, "logged by code only")


@test("a worker ends by itself after its letters, and says so")
def last_test(world):
    with Worker("--requests", "2") as worker:
        request = request_of([part(paragraph("Hello"))])
        check_equal([worker.ask(request)[0]["last"] for _ in range(2)], [False, True], "the last one")
        check_equal(worker.end()[0], 0, "its end is no fault")
    with Worker("--fonts", world.path("nowhere")) as worker:
        check_equal(worker.ask(request)[0]["error"]["code"], "no_fonts", "without fonts")


@test("a worker that is fed garbage, cut off, out of memory or without end is gone, and gives no half answer")
def fault_test(world):
    for name, data in (("garbage", b"GET / HTTP/1.0\r\n\r\n"), ("a frame that is too long", struct.pack(">I", (2 << 20) + 1)),
                       ("a frame that is cut off", struct.pack(">I", 100) + b"{"), ("half a head", b"\0\0")):
        with Worker() as worker:
            worker.write(data)
            check_equal(worker.end()[0], 1, name)
    with Worker() as worker:
        worker.write(struct.pack(">I", 2) + b"{}")
        check_equal(worker.answer()[0]["error"]["code"], "bad_request", "a frame that holds no letter")
    endless = request_of([part(paragraph("x" * 63000))])
    with Worker("--cpu", "1") as worker:
        check_dead(worker, endless, (-signal.SIGXCPU,), "without end")


def memory_test(world):
    with Worker() as worker:
        worker.make(request_of([part(paragraph("Hello"))]))
        # Eight MiB more than what it has, whatever that is on this machine.
        with open("/proc/%d/statm" % worker.pid, encoding="ascii") as file:
            has = int(file.read().split()[0]) * resource.getpagesize()
        resource.prlimit(worker.pid, resource.RLIMIT_AS, (has + (8 << 20), has + (8 << 20)))
        # As small as JSON can be, so as much of it as there can be.
        check_dead(worker, request_of([part(paragraph("Hello", *[{}] * 650000))]), (-signal.SIGABRT, -signal.SIGTRAP, 1),
                   "out of memory")


# A sanitizer takes terabytes of addresses for itself: under a limit it would not start.
if FLAVOUR not in ("asan", "tsan"):
    test("a worker whose memory is at its end is gone without an answer")(memory_test)


def check_dead(worker, request, codes, what):
    try:
        said, pdf = worker.ask(request)
        check(False, "%s: an answer came: %r, %d bytes" % (what, said, len(pdf)))
    except Died:
        check(worker.end()[0] in codes, "%s: how it ended" % what)


main()
