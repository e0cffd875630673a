"""Letters as PDFs: asking candour-letter for them, and looking at what it made.

Pages are looked at as a printer would: rasterised by poppler, ink where a pixel is not white. Structure and
texts are read from qpdf's JSON.
"""

import json
import os
import struct
import subprocess
import unicodedata

from harness import SLOWNESS, Failure, NotRun, check, program

DPI = 72
MM = DPI / 25.4
WHITE = 250

SIZES = (0, 16, 18, 20, 24, 28)
PROFILES = ("notify_c5", "local_dl")

# Where ink may be on the first page, in mm from the top left corner: x, y, to x, to y (docs/letters.md).
FIRST = {
    "notify_c5": ((15, 5, 125, 30), (125, 5, 195, 95), (24.6, 39.5, 120, 66.3), (15, 95, 195, 292)),
    "local_dl": ((15, 5, 195, 46), (110, 5, 195, 95), (20, 57, 100, 81), (15, 92, 195, 292)),
}
OTHERS = ((15, 5, 195, 292),)
# The address: in sight wherever the sheet slides to; and all that may come into sight.
WINDOW = {"notify_c5": (24.6, 39.5, 120, 66.3), "local_dl": (20, 57, 100, 81)}
SEEN = {"notify_c5": (21.6, 36.5, 123, 69.3), "local_dl": (10, 46, 110, 92)}


class Died(Exception):
    """The worker ended without an answer."""


class Worker:
    """A candour-letter, spoken to as the daemon does."""

    def __init__(self, *options):
        self._process = subprocess.Popen([program("candour-letter"), *options], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    @property
    def pid(self):
        return self._process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass

    def write(self, data):
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise Died() from None

    def _frame(self):
        head = self._process.stdout.read(4)
        if len(head) < 4:
            raise Died()
        length = struct.unpack(">I", head)[0]
        data = self._process.stdout.read(length)
        if len(data) < length:
            raise Died()
        return data

    def answer(self):
        """(the answer's map, the PDF)"""
        return json.loads(self._frame()), self._frame()

    def ask(self, request):
        data = json.dumps(request, separators=(",", ":")).encode()
        self.write(struct.pack(">I", len(data)) + data)
        return self.answer()

    def make(self, request):
        """The PDF; a refusal is a failure."""
        said, pdf = self.ask(request)
        check("error" not in said, "a letter was refused: %r" % said.get("error"))
        return Pdf(pdf, said["pages"])

    def end(self):
        """The exit code, and what it wrote to standard error, once its input has ended."""
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass
        errors = self._process.stderr.read().decode()
        return self._process.wait(30 * SLOWNESS), errors


def request_of(parts, **more):
    request = {
        "version": 1, "id": "m1", "profile": "notify_c5", "points": 0, "title": "Our decision on a request",
        "day": "2026-12-07", "reference": "C-leo", "logo": "",
        "from": {"name": "Sheffield City Council", "phone": "0114 496 0100", "email": "send@sheffield.example",
                 "lines": ["SEND Service", "1 Example Square", "SHEFFIELD", "S99 9ZZ"]},
        "to": ["Ms Dana Novak", "Flat 3", "The Old Mill Yard", "14 Birch Lane", "Crookes", "SHEFFIELD", "S10 9ZZ"],
        "parts": parts,
    }
    return dict(request, **more)


def paragraph(*spans, **more):
    return dict({"type": "paragraph",
                 "spans": [each if isinstance(each, dict) else {"text": each} for each in spans]}, **more)


def cell(*spans):
    return {"spans": [each if isinstance(each, dict) else {"text": each} for each in spans]}


def table(head, *rows, align=None):
    """A cell is a text, a tuple of spans, or empty."""
    def row(cells):
        return [cell(*(each if isinstance(each, tuple) else (each,) if each else ())) for each in cells]
    return {"type": "table", "align": align or ["start"] * len(head), "rows": [row(each) for each in (head, *rows)]}


def part(*passages, language="en", **more):
    return dict({"language": language, "passages": list(passages)}, **more)


def texts_of(passages):
    """The text of every heading and paragraph, in order."""
    for passage in passages:
        if passage["type"] == "list":
            for item in passage["items"]:
                yield from texts_of(item)
        elif passage["type"] == "table":
            for row in passage["rows"]:
                yield from ("".join(span["text"] for span in each["spans"]) for each in row)
        elif passage["type"] != "rule":
            yield "".join(span["text"] for span in passage["spans"])


def plain(text):
    """As a reader would compare it: without isolates, line ends and doubled spaces."""
    kept = "".join(c for c in text if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    return " ".join(unicodedata.normalize("NFC", kept).split())


def run(*argv, data=None):
    try:
        done = subprocess.run(argv, input=data, capture_output=True, timeout=60 * SLOWNESS)
    except FileNotFoundError:
        raise NotRun("%s is not installed" % argv[0]) from None
    if done.returncode != 0:
        raise Failure("%s: %s" % (" ".join(argv), (done.stderr or done.stdout).decode("utf-8", "replace")))
    return done.stdout


class Page:
    """One page's pixels."""

    def __init__(self, width, height, data):
        self.width, self.height = width, height
        self.rows = [data[i * width:(i + 1) * width] for i in range(height)]

    def ink(self, x, y, to_x, to_y):
        """The box of what is not white within these mm, in pixels (left, top, right, bottom), or None."""
        left, right = max(0, round(x * MM)), min(self.width, round(to_x * MM))
        top, bottom = max(0, round(y * MM)), min(self.height, round(to_y * MM))
        found = None
        for at in range(top, bottom):
            row = self.rows[at][left:right]
            if min(row, default=255) >= WHITE:
                continue
            inked = [i for i, pixel in enumerate(row) if pixel < WHITE]
            box = (left + inked[0], at, left + inked[-1], at)
            found = box if found is None else (min(found[0], box[0]), found[1], max(found[2], box[2]), at)
        return found

    def outside(self, areas):
        """The first place, in mm, of ink in none of these areas; or None."""
        boxes = [(int(x * MM), int(y * MM), int(to_x * MM) + 1, int(to_y * MM) + 1) for x, y, to_x, to_y in areas]
        for at, row in enumerate(self.rows):
            row = bytearray(row)
            for left, top, right, bottom in boxes:
                if top <= at < bottom:
                    row[left:right] = b"\xff" * (min(right, self.width) - left)
            if min(row) < WHITE:
                place = next(i for i, pixel in enumerate(row) if pixel < WHITE)
                return place / MM, at / MM
        return None

    def pixels(self, x, y, to_x, to_y):
        """How many are not white within these mm."""
        left, right = max(0, round(x * MM)), round(to_x * MM)
        rows = self.rows[max(0, round(y * MM)):round(to_y * MM)]
        return sum(1 for row in rows for pixel in row[left:right] if pixel < WHITE)


class Pdf:
    def __init__(self, data, pages=None):
        self.data, self.pages = data, pages
        self._json = None

    def raster(self, dpi=DPI):
        out = run("pdftoppm", "-gray", "-r", str(dpi), "-", data=self.data)
        pages = []
        while out:
            kind, size, _, rest = out.split(b"\n", 3)
            check(kind == b"P5", "a grey picture")
            width, height = map(int, size.split())
            pages.append(Page(width, height, rest[:width * height]))
            out = rest[width * height:]
        return pages

    def text(self, *options):
        return run("pdftotext", *options, "-", "-", data=self.data).decode()

    def fonts(self):
        """(name, whether it is embedded) of each."""
        lines = run("pdffonts", "-", data=self.data).decode().splitlines()[2:]
        return [(line.split()[0], line.split()[-5] == "yes") for line in lines]

    def check(self, folder):
        path = os.path.join(folder, "checked.pdf")
        with open(path, "wb") as file:
            file.write(self.data)
        run("qpdf", "--check", path)
        return path

    def objects(self, folder):
        if self._json is None:
            path = self.check(folder)
            self._json = json.loads(run("qpdf", "--json=2", "--json-stream-data=none", path))["qpdf"][1]
        return self._json

    def catalog(self, folder):
        return self.get(folder, self.objects(folder)["trailer"]["value"]["/Root"])

    def get(self, folder, value):
        """What a reference stands for."""
        while isinstance(value, str) and value.endswith(" R"):
            value = self.objects(folder)["obj:" + value]
            value = value["value"] if "value" in value else value["stream"]["dict"]
        return value

    def elements(self, folder):
        """The structure in reading order: (depth, tag, its own map)."""
        def walk(node, depth):
            node = self.get(folder, node)
            if isinstance(node, list):
                for each in node:
                    yield from walk(each, depth)
            elif isinstance(node, dict) and "/S" in node:
                yield depth, node["/S"][1:], node
                yield from walk(node.get("/K", []), depth + 1)
        return list(walk(self.get(folder, self.catalog(folder)["/StructTreeRoot"])["/K"], 0))


def string(value):
    """A text of qpdf's JSON."""
    return value[2:] if value is not None and value.startswith("u:") else value
