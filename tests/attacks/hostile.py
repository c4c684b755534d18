#!/usr/bin/env python3
"""Hostile files and names, and what a terminal gets to see of them.

  files     some 300 made files, each by `extract`: no crash, no hang, 5 s of processor time and 1
            GiB at most
  large     lines of 200 MB, sparse files of 10 GB, 100,000 files in one folder: only with --large
            or --only large
  flood     files of millions of tiny records or lines, by `extract` and by `ingest`: 1 GiB at most
  growth    patterns of text at 100 and 400 KB, each in one paragraph and in many: at most nine
            times the time (linear would be four)
  names     odd names, links, FIFOs, sockets, devices, deep folders, sidecars and settings that are
            no files: two ingests
  changing  files that change, vanish or become FIFOs, folders and devices while an ingest reads
  terminal  every command that prints, under a pseudo-terminal: no character that a terminal obeys
"""
import gzip
import itertools
import json
import os
import pty
import random
import re
import select
import socket
import stat
import subprocess
import time
import zlib

from attack import Attack, obeyed, run, start
import news

CPU_SECONDS_MAX = 5  # for one hostile file
PARTS = ("files", "large", "flood", "growth", "names", "changing", "terminal")
attack = Attack(__doc__, PARTS, seconds=1800, large=False)
STORY = "The harbor lock closes at dusk, the keeper said on Monday. “Nobody told the pilots,” said Rosa Lund, the mayor."
ESCAPES = "\x1b]52;c;aGk=\x07\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\\x1b[2J\x1b[31m\x9b31m\x9d0;title\x9c\x08\x7f\u202e\u2066\u200f\0\x0b\x0c"


def packed(unit, mib, head=b""):
    """A gzip of one text again and again, that many MiB of it."""
    packer = zlib.compressobj(9, wbits=31)
    block = unit * ((1 << 20) // len(unit))
    return packer.compress(head) + b"".join(packer.compress(block) for _ in range(mib)) + packer.flush()


def zstd_repeats(blocks, window=7):
    """A Zstandard file of blocks that are one byte, repeated 131,072 times each."""
    block = ((131072 << 3) | 2).to_bytes(3, "little") + b"\n"
    return b"\x28\xb5\x2f\xfd\x00" + bytes([window << 3]) + block * blocks + b"\x01\x00\x00"


def pages():
    for count in (100, 1000, 20_000, 100_000):
        for tag in ("div", "b", "p", "span", "table", "ul", "a", "blockquote", "font", "section", "svg", "math",
                    "select", "template", "frameset", "form", "nobr"):
            yield f"nested-{tag}-{count}.html", "<!doctype html><body>" + f"<{tag}>" * count + STORY + f"</{tag}>" * count
    yield "open-brackets.html", "<!doctype html>" + "<" * 1_000_000
    yield "attributes.html", "<!doctype html><p " + " ".join(f"a{i}=b" for i in range(100_000)) + ">" + STORY
    for kind, text in (("laughs", "&k;"), ("external", "&x;")):
        entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'
                                                for i in range(10)) + '<!ENTITY x SYSTEM "file:///etc/passwd">'
        yield f"entities-{kind}.html", f"<!doctype html [{entities}]><p>{text} {STORY}"
        yield f"entities-{kind}.xml", f'<?xml version="1.0"?><!DOCTYPE a [{entities}]><a>{text}</a>'
    yield "charset.html", "<meta charset=utf-7><!doctype html><p>+ADw-script+AD4-alert(1)" + STORY
    yield "charset-long.html", f"<!doctype html><meta charset='{'x' * 100_000}'><p>{STORY}"
    yield "ld-json.html", '<!doctype html><script type="application/ld+json">' + "[" * 500_000 + f"</script><p>{STORY}"


def compressed():
    for mib, (kind, unit) in itertools.product(
        (10, 100), (("zeros", b"\0"), ("blank", b"\n"), ("text", STORY.encode() + b"\n\n"))):
        yield f"bomb-{kind}-{mib}.gz", packed(unit, mib)
    inner = b"x" * 1000
    for _ in range(200):
        inner = gzip.compress(inner)
    good = gzip.compress((STORY + "\n\n").encode() * 100)
    yield from (("gz-in-gz.gz", inner), ("members-empty.gz", gzip.compress(b"") * 100_000),
                ("members.gz", gzip.compress(STORY.encode() + b"\n\n") * 2000), ("cut.gz", good[:-5]),
                ("tail.gz", good + b"garbage"), ("checksum.gz", good[:-8] + bytes(4) + good[-4:]), ("empty.gz",
                                                                                                    gzip.compress(b"")))
    yield "claims-exabytes.zst", b"\x28\xb5\x2f\xfd\xe0" + (1 << 60).to_bytes(8, "little") + b"\x01\x00\x00"
    for window in (0, 17, 18, 21, 31):
        yield f"window-{window}.zst", zstd_repeats(2, window)
    for blocks in (250, 8000, 80_000):  # up to 10 GB
        yield f"repeats-{blocks}.zst", zstd_repeats(blocks)


def structured():
    for depth in (200, 100_000, 1_000_000):
        yield f"deep-array-{depth}.json", "[" * depth
        yield f"deep-text-{depth}.json", '{"text":' + "[" * depth + "]" * depth + "}"
        yield f"deep-object-{depth}.json", '{"a":' * depth
        yield f"deep-{depth}.jsonl", '{"text":"a story"}\n{"text":' + "[" * depth + '\n{"text":"another story"}\n'
    yield "broken.jsonl", b'{"text":"a story"}\n{"text":\n\xff\xfe\n[]\nnull\n{}\n"x"\n' * 3000
    yield "surrogates.json", '{"headline":"\\ud800 x","text":"lone \\udfff and \\ud83d pair \\ud83d\\ude00 end, a story."}'
    yield "numbers.json", '{"text":"a story here","date":1e999999,"wordcount":' + "9" * 100_000 + "}"
    yield "keys.json", '{"text":"a story",' + ",".join(f'"k{i}":{i}' for i in range(200_000)) + "}"
    yield "long-key.json", '{"text":"a story","' + "k" * 5_000_000 + '":1}'
    matter = {
        "laughs": "a: &a [ha, ha]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n"
                                               for i in range(12)),
        "aliases": "a: &a [ha]\nb: [" + ", ".join(["*a"] * 5000) + "]\n", "cycle": "a: &a [*a]\n",
        "deep": "a: " + "[" * 30_000 + "\n", "steps": "".join(
            " " * i + "a:\n" for i in range(340)), "tag": "title: !!python/object/apply:os.system ['true']\n",
        "merge": "a: &a {x: 1}\n" + "".join(f"b{i}: {{<<: *a}}\n" for i in range(3000)), "huge": "k: v\n" * 2_000_000
    }
    for kind, text in matter.items():
        yield f"yaml-{kind}.md", f"---\n{text}---\n{STORY}"
    yield "yaml-endless.md", "---\n" + "k: v\n" * 100_000
    matter = {
        "huge": "".join(f"k{i} = {i}\n" for i in range(300_000)), "deep": "a = " + "[" * 30_000 + "\n",
        "dotted": "a." * 30_000 + "b = 1\n", "tables": "".join(
            f"[a{'.a' * i}]\n" for i in range(250)), "inline": "a = " + "{a=" * 10_000 + "1" + "}" * 10_000 + "\n"
    }
    for kind, text in matter.items():
        yield f"toml-{kind}.md", f"+++\n{text}+++\n{STORY}"
    yield "open.sgm", "<!DOCTYPE lewis SYSTEM>\n" + "<REUTERS>" * 200_000
    yield "long.sgm", "<!DOCTYPE lewis SYSTEM>\n<REUTERS><BODY>" + "x " * 12_000_000 + "</BODY></REUTERS><REUTERS><TEXT><BODY>fine story</BODY></TEXT></REUTERS>"
    yield "open.trec", "<DOC><DOCNO>" * 200_000
    yield "many.trec", "<DOC>\n<DOCNO> a </DOCNO>\n<TEXT>\nA story.\n</TEXT>\n</DOC>\n" * 20_000


def texts():
    bodies = {
        "nul": "\0" * 100_000, "nul-within": "a\0b " * 10_000, "c0": "".join(map(chr, range(32))) * 1000,
        "c1": "".join(map(chr, range(0x80, 0xA0))) * 1000, "escapes": (ESCAPES + STORY) * 100,
        "bidi": "\u202e\u2066\u2067abc" * 10_000, "zero-width": "a\u200b\u200c\u200d\ufeff\u2060b" * 10_000,
        "combining": "e" + "\u0301" * 300_000, "noncharacters": "\ufffe\uffff\U0010ffff" * 10_000,
        "tags": "\U000e0041" * 100_000, "crlf": (STORY + "\r\n\r\n") * 2000, "cr": (STORY + "\r\r") * 2000,
        "separators": (STORY + "\x85\u2028\u2029") * 2000, "form-feeds": "\f" * 100_000,
        "marks": "\ufeff" * 100_000 + STORY, "one-line": "x" * 5_000_000, "words": "word " * 1_000_000,
        "lines": "\n" * 5_000_000, "tabs": "\t" * 2_000_000, "quotes": "“" * 50_000, "header": "title: x\n" * 300_000,
        "header-escapes": f"Headline: {ESCAPES}\nSource: {ESCAPES}\nBy: {ESCAPES}\n\n{STORY}"
    }
    for kind, text in bodies.items():
        for encoding in ("utf-8", "utf-16", "utf-16-be", "utf-32"):
            yield f"text-{kind}-{encoding}.txt", text.encode(encoding, "surrogatepass")
        yield f"text-{kind}.html", f"<!doctype html><title>{text[:20_000]}</title><body><p>{text}</p>"
        yield f"text-{kind}.json", json.dumps({
            "headline": text[:20_000], "source": text[:500], "author": text[:500], "url": text[:500],
            "date": text[:100], "text": text
        })
        yield f"text-{kind}.md", f"---\ntitle: {json.dumps(text[:5000])}\n---\n{text}"
    noise = random.Random(attack.args.seed)
    for number, extension in enumerate(("txt", "html", "json", "md") * 3):
        yield f"noise-{number}.{extension}", noise.randbytes(100_000)
    heads = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\xef\xbb\xbf\xff\xfe",
             b"+/v8", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"%PDF-1.7\n", b"{\\rtf1", b"WARC/1.0\r\n",
             b"\xd0\xcf\x11\xe0")
    for number, head in enumerate(heads):
        yield f"head-{number}.txt", head
        yield f"head-{number}-text.txt", head + STORY.encode() * 20
        yield f"head-{number}-odd.html", head + ("<!doctype html><p>" + STORY).encode("utf-16-le") + b"x"
    yield "invalid.txt", b"\xc3\x28\xa0\xa1\xe2\x28\xa1\xf0\x28\x8c\xbc\xed\xa0\x80 " * 5000
    yield "empty.txt", b""


def extract(name, content, cpu=CPU_SECONDS_MAX):
    """Writes a file, runs `extract` on it, removes it. Content that is a number is a sparse file of
    that many bytes."""
    path = os.path.join(attack.work, name)
    with open(path, "wb") as out:
        if isinstance(content, int):
            out.truncate(content)
        else:
            out.write(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    ran = run(attack.binary, "extract", "--format", "jsonl", path, cwd=attack.work)
    attack.watch(f"extract {name}", ran, cpu=cpu)
    os.unlink(path)
    return ran


def files():
    for name, content in itertools.chain(pages(), compressed(), structured(), texts()):
        if not attack.time_left():
            return
        extract(name, content)
        attack.count("files: extracted")


def large():
    long_line = "word " * 40_000_000
    lines = {
        "line-200-mb.txt": long_line,
        "line-200-mb.jsonl": f'{{"text":"{long_line}"}}\n{{"text":"fine"}}\n',
        "line-200-mb.html": f"<!doctype html><p>{long_line}",
    }
    for name, content in lines.items():
        extract(name, content, cpu=None)
        attack.count("large: extracted")
    for extension in ("txt", "jsonl", "html"):
        extract(f"sparse-10-gb.{extension}", 10 << 30, cpu=None)
        attack.count("large: extracted")
    archive = attack.archive("many")
    for number in range(100_000):
        archive.write(f"corpus/one/{number}.txt", f"The story of number {number} of the harbor.")
    for turn in ("first", "second"):
        ran = archive.run("ingest", "-q", cpu=900)
        attack.watch(f"100,000 files in one folder, {turn} ingest", ran)
        print(f"100,000 files in one folder, {turn} ingest: {ran.cpu:.0f} s, {ran.mib:.0f} MiB")
        attack.count("large: ingests of 100,000 files")


def flood():
    """Files whose memory should not grow with the count of what is in them."""
    reuters = b"<REUTERS><TEXT><BODY>x</BODY></TEXT></REUTERS>\n"
    floods = {
        "newlines.txt": b"\n" * 60_000_000, "short-lines.txt": b"a\n\n" * 20_000_000,
        "newlines-and-letters.gz": gzip.compress(
            (b"\n" * 400 + b"x") * 160_000,
            9), "utf-16-be.txt": ("x" * 5_000_000).encode("utf-16-be"), "records.jsonl.gz": gzip.compress(
                b'{"text":"a"}\n' * 800_000, 9), "empty-records.jsonl.gz": gzip.compress(
                    b"{}\n" * 3_000_000, 9), "reuters.sgm.gz": gzip.compress(
                        b"<!DOCTYPE lewis SYSTEM>\n" + reuters * 800_000, 9), "trec.gz": gzip.compress(
                            b"<DOC>\n<DOCNO> a </DOCNO>\n<TEXT>\nx\n</TEXT>\n</DOC>\n" * 800_000,
                            9), "array.json": b"[" + b",".join([b'{"text":"a"}'] * 1_000_000) + b"]",
        "items.md": b"- a\n\n" * 5_000_000, "paragraphs.html": b"<!doctype html><article>" + b"<p>a</p>" * 2_000_000,
        "breaks.html": b"<!doctype html><article>a" + b"<br>" * 4_000_000,
        "front-matter.md": b"---\ntitle: x\n---\n" + b"a\n\n" * 10_000_000,
        "header.txt": b"title: x\nby: y\n\n" + b"a\n\n" * 10_000_000
    }
    for name, content in floods.items():
        if not attack.time_left():
            return
        ran = extract(name, content, cpu=None)
        archive = attack.archive("flood")
        archive.write(f"corpus/{name}", content)
        into = archive.run("ingest", "-q", cpu=120)
        attack.watch(f"ingest {name}", into)
        attack.count("flood: files")
        print(
            f"flood {name}, {len(content):,} bytes: extract {ran.cpu:.1f} s {ran.mib:.0f} MiB, ingest {into.cpu:.1f} s {into.mib:.0f} MiB"
        )


UNITS = [
    "“a” ", "„a“ ", "“We go,” said John Smith. ",
    "“The gate stays shut until spring,” said Bo Diaz, the keeper. “The boats can wait in the bay.” ", "“", "\"a\" ", "'a' ",
    "“‘", "“a ‘b \"c ", "« a ", "said ", "He said that ", "he ", "she said, he said. ", "John Smith ",
    "Mr. Mrs. Dr. President ", "John, Mary, ", "J. K. ", "according to ",
    "the minister, who was there, and who said that ", "Smith: yes\n\n", "Q: what?\n\nA: yes.\n\n", "(", "()[]", ".",
    "—", "a", "a-", "http://", "1", "January 1, 2017 ", "LONDON, Jan 1 (Reuters) - ", "\n", "a\n", "a\n\n", "\f", "a\r",
    "title: x\n", "e\u0301", "東京", "قال ", "Он сказал: ", "<p>He said it.", "<br>x", "<a href=x>y</a>", "{\"a\":1},",
    "*a", "_a ", "[a](", "![", "`a", "> ", "|a|b|\n", "<a ", "[a]: /b\n", "- a\n", "# a\n\n", "“a,” Ann NUMBER said. ",
    "Ann Lee NUMBER "
]


def growth():
    for unit in UNITS:
        for extension, head in (("txt", ""), ("md", "# Title\n\n"), ("html", "<!doctype html><body><article><p>")):
            if not unit.strip() and extension != "txt":
                continue
            if not attack.time_left():
                return
            seconds = []
            for size in (100_000, 400_000):
                text = "".join(unit.replace("NUMBER",
                                            chr(97 + i % 26) + str(i)) for i in range(size // len(unit) + 1))[:size]
                seconds.append(extract(f"growth.{extension}", head + text, cpu=None).cpu)
            attack.count("growth: patterns")
            if seconds[1] > 0.6 and seconds[1] > 9 * max(seconds[0], 0.02):
                attack.fault(f"growth: {unit!r} in .{extension}",
                             f"{seconds[0]:.2f} s for 100 KB, {seconds[1]:.2f} s for 400 KB")


ODD_NAMES = [
    b"new\nline.txt", b"tab\tname.txt", b"esc\x1b]52;c;aGk=\x07.txt", b"c1\xc2\x9b31m.txt",
    b"bidi\xe2\x80\xaetxt.exe.txt", b"\xff\xfe\xfd.txt", b"\xed\xa0\x80.txt", b"a" * 251 + b".txt", b"-rf.txt",
    b"--help.txt", b"sp ace.txt", b"quote'\".txt", b"back\\slash.txt", b"\\xff.txt", b"a\xff.txt", b"a\\xff.txt",
    b"*.txt", b"?.txt", b"{date}.txt", b"[a].txt", b"C:\\x.txt", "é.txt".encode(), "e\u0301.txt".encode(), b"\r.txt",
    b"\x7f.txt", b"x.txt.gz", b"x.txt", b"#5.txt", b"a#3.txt", b"..txt", b"%00.txt"
]


def make_socket(path):
    here = os.getcwd()
    os.chdir(os.path.dirname(path))
    try:
        socket.socket(socket.AF_UNIX).bind(os.path.basename(path))
    finally:
        os.chdir(here)


# What a file can be in place of a file: how it is made.
NO_FILES = {
    "FIFO": os.mkfifo, "folder": os.mkdir, "socket": make_socket,
    "link to /dev/zero": lambda it: os.symlink("/dev/zero", it),
    "link to nowhere": lambda it: os.symlink("nowhere", it),
    "link to itself": lambda it: os.symlink(os.path.basename(it), it),
    "endless /proc file": lambda it: os.symlink("/proc/self/pagemap", it),
    "unreadable": lambda it: os.close(os.open(it, os.O_CREAT, 0)),
    "huge": lambda it: os.truncate(os.open(it, os.O_CREAT | os.O_RDWR), 300 << 20)
}


def names():
    archive = attack.archive("names")
    base = archive.path("corpus")
    for name in ODD_NAMES:
        with open(os.path.join(os.fsencode(base), name), "wb") as out:
            out.write(STORY.encode() + b" " + name.hex().encode())
    here = os.getcwd()
    os.chdir(base)
    try:
        for _ in range(4096):
            os.mkdir("d")
            os.chdir("d")
        archive_text = open("deep.txt", "w", encoding="utf-8")
        with archive_text:
            archive_text.write(STORY)
    finally:
        os.chdir(here)
    os.symlink(".", os.path.join(base, "loop"))
    os.symlink(__file__, os.path.join(base, "outside.txt"))
    os.symlink("/proc/self/mem", os.path.join(base, "mem.txt"))
    os.symlink("/dev/stdin", os.path.join(base, "stdin.txt"))
    for kind, make in NO_FILES.items():
        make(os.path.join(base, f"{kind.replace('/', ' ')}.txt"))
    report = archive.path("report.jsonl")
    for turn in ("first", "second"):
        attack.watch(f"names: {turn} ingest", archive.run("ingest", "--report", report, cpu=60))
    if os.path.exists(report):
        with open(report, "rb") as file:
            content = file.read()
        rows = [json.loads(it) for it in content.splitlines()]
        paths = [it["path"] for it in rows]
        attack.count("names: files in the report", len(rows))
        attack.count("names: problems in the report", sum(1 for it in rows if it["problem"]))
        if obeyed(content):
            attack.fault("names: the report", obeyed(content))
        if len(paths) != len(set(paths)):
            attack.fault("names: two files have one path", [it for it in paths if paths.count(it) > 1][:3])
    for command in (["search", "harbor", "-n", "60"], ["search", "--format", "jsonl", "harbor", "-n", "60"], [
            "search", "--format", "csv", "harbor"
    ], ["search", "--format", "markdown", "harbor"], ["status"], ["check"], ["facets", "source"], [
            "list", "new", "odd", "harbor"
    ], ["list", "show", "odd"], ["list", "export", "odd", "--to", "markdown"], ["list", "refresh", "odd"]):
        attack.watch(f"names: {' '.join(command)}", archive.run(*command))
    own_files()


def own_files():
    """The user's own files, of each kind that is no file."""
    for name, commands in (("corpus/a.txt.meta.toml", [["ingest"]]), ("corpus/folder.meta.toml", [[
            "ingest"
    ]]), ("people.toml", [["speakers"], ["quotes", "lund"]]), ("lists/a.md", [[
            "list"
    ], ["list", "show", "a"], ["list", "refresh", "a"]]), ("morgue.toml", [["status"]]), ("queries.txt", [[
            "search", "--batch", "queries.txt"
    ], ["search", "--names", "queries.txt"]]), ("import.bib", [["list", "import", "import.bib"]])):
        for kind, make in NO_FILES.items():
            if not attack.time_left():
                return
            archive = attack.archive("own")
            archive.write("corpus/a.txt", STORY)
            archive.ingest()
            os.makedirs(os.path.dirname(archive.path(name)), exist_ok=True)
            if os.path.exists(archive.path(name)):
                os.unlink(archive.path(name))
            make(archive.path(name))
            for command in commands:
                if "queries.txt" in command and kind == "FIFO":
                    continue  # a pipe that the user names is waited for
                # A hang is what this looks for: two seconds of processor time are plenty.
                attack.watch(f"{name} is: {kind}: {' '.join(command)}", archive.run(*command, cpu=2))
                attack.count("names: own files that are no files")


def changing():
    """Changes files between the walk and the reading: there are many files, and the last ones
    change."""

    def replace(path, make):
        os.unlink(path)
        make(path)

    changes = {
        "append": lambda it: open(it, "a", encoding="utf-8").write("\n\nMore of the harbor.\n"),
        "truncate": lambda it: os.truncate(it, 0), "delete": os.unlink, "chmod": lambda it: os.chmod(it, 0)
    }
    changes |= {kind: lambda it, make=make: replace(it, make) for kind, make in NO_FILES.items()}
    for kind, change in changes.items():
        archive = attack.archive("changing")
        for number in range(1200):
            archive.write(f"corpus/{number:04}.txt", (STORY + f" Number {number}.\n\n") * 30)
        child = start([attack.binary, "ingest"], archive.folder)
        while child.poll() is None and not os.path.exists(archive.path("index", ".morgue.lock")):
            time.sleep(0.001)  # when the lock is there, the walk is over
        for number in (1199, 1198, 1150, 1100):
            change(archive.path("corpus", f"{number:04}.txt"))
        try:
            code = child.wait(timeout=60)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            attack.fault(f"changing: {kind}", "the ingest hangs")
            code = 0
        attack.count("changing: kinds")
        if code not in (0, 2):
            attack.fault(f"changing: {kind}", f"exit {code}")
        for name in os.listdir(archive.path("corpus")):
            if not stat.S_ISREG(os.lstat(archive.path("corpus", name)).st_mode) and not os.path.isdir(
                    archive.path("corpus", name)):
                os.unlink(archive.path("corpus", name))
        again, check = archive.run("ingest", "-q"), archive.run("check")
        attack.watch(f"changing: {kind}: the next ingest", again)
        if check.code != 0:
            attack.fault(f"changing: {kind}: check", check.said)


def on_terminal(command, folder):
    """What a command writes to a terminal, and its exit status."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
    os.close(theirs)
    data, until = b"", time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([ours], [], [], 0.2)[0]:
            if child.poll() is not None:
                break
            continue
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        data += chunk
    if child.poll() is None:
        child.kill()
    os.close(ours)
    return data.replace(b"\r\n", b"\n"), child.wait()


def terminal():
    archive = attack.archive("terminal")
    for number in range(6):
        archive.write(
            f"corpus/e{number}\x1b]52;c;aGk=\x07\x9b\u202e.txt",
            f"Headline: Harbor {ESCAPES} {number}\nSource: Post {ESCAPES}\nBy: Rosa {ESCAPES} Lund\nDate: 2019-01-0{number + 1}\n\n"
            f"{STORY.replace('Rosa', 'Ro' + ESCAPES + 'sa')} {ESCAPES}harbor{ESCAPES}\n\n“{ESCAPES}Go on,” said Marta {ESCAPES} Ortiz, mayor of {ESCAPES}.\n"
            .replace("\0", ""))
        archive.write(
            f"corpus/j{number}.json",
            json.dumps({
                "headline": "Harbor " + ESCAPES, "source": ESCAPES, "author": ESCAPES + "Rosa",
                "url": "http://x/" + ESCAPES, "section": ESCAPES, "dateline": ESCAPES,
                "text": STORY + ESCAPES + " harbor"
            }))
        archive.write(f"corpus/b{number}\x1b[31m.json", '{"text": \x1b]52;c;aGk=\x07')
        archive.write(f"corpus/bad\x9b{number}.pdf", b"%PDF-1.4 \x1b[31m")
    archive.write("q.txt", f"a\x1b[31m\tharbor {ESCAPES}\nb\t(harbor\nc\x9b\tharbor\n".replace("\0", ""))
    commands = [["ingest"], ["ingest", "--rebuild", "-v"], ["status"], ["check"], ["search", "harbor"],
                ["search", "harbor", "-v", "--context",
                 "1"], *(["search", "--format", it, "harbor"] for it in ("json", "jsonl", "csv", "markdown")),
                ["search", "harbor\x1b[31m", "\x9b31m"], ["search", "(\x1b]0;x\x07"], ["search", "foo\x1b:bar"],
                ["explain", "harbor \x1b[31m \u202e"], ["quotes", "lund"], ["quotes", "ortiz"], ["speakers"],
                *(["facets", it] for it in ("source", "speaker", "place", "section")), ["search", "--batch", "q.txt"],
                ["search", "--names", "q.txt"], ["search", "--batch", "q.txt", "--format", "trec"],
                ["search", "--batch", "q.txt", "--format", "jsonl"], ["similar"],
                ["list", "new", "one", "harbor", "--passages", "3"],
                ["list", "note", "one", "1", "note \x1b[31m \x9b \u202e"], ["list", "tag", "one", "1", "tag\x1b[31m"],
                ["list", "show", "one"], ["list"], *(["list", "export", "one", "--to", it]
                                                     for it in ("html", "markdown", "csv", "json", "bibtex", "ris",
                                                                "csl-json", "bookmarks", "opml", "json-feed", "atom")),
                ["list", "new", "two\x1b[31m", "harbor"], ["list", "show", "no\x1b[31msuch"], ["show", "\x1b[31mno"],
                ["extract", *[os.path.join("corpus", it) for it in sorted(os.listdir(archive.path("corpus")))]],
                ["replay", "\x1b[31m"], ["--archive", "\x1b[31m", "status"], ["no\x1b[31msuch"],
                ["ingest", "\x1b[31mnowhere"], ["search", "source:\x1b[31m"], ["search", "--format", "\x1b[31m", "x"],
                ["facets", "\x1b[31m"]]
    for color, command in itertools.product(("never", "always"), commands):
        data, code = on_terminal([attack.binary, "--color", color, *command], archive.folder)
        attack.count("terminal: commands")
        own = data
        if color == "always" or b"rror:" in data:  # morgue's own colors, and those of clap's errors
            own = re.sub(rb"\x1b\[[0-9;]*m", b"", own)
        if command[0] == "ingest":  # the progress bar
            own = re.sub(rb"\r|\x1b\[[0-9]*[ABKGJ]|\x1b\[\?25[hl]", b"", own)
        bad = obeyed(own)
        if "export" in command:  # marks of direction stay as they are (docs/exports.md): controls only
            bad = [it for it in bad if it < "U+0100"]
        if bad or b"panicked" in data or code not in (0, 1, 2):
            attack.fault(f"terminal: {ascii(' '.join(command))[:70]} --color {color}",
                         f"exit {code}, prints {' '.join(bad[:6])}")


SHARES = {"files": 0.25, "flood": 0.2, "growth": 0.3, "names": 0.1, "changing": 0.1, "terminal": 0.05}
if attack.args.large or attack.args.only == "large":
    large()
for name, share in SHARES.items():
    if attack.wanted(name):
        attack.share(share)
        globals()[name]()
attack.close()
