#!/usr/bin/env python3
"""Kills morgue with SIGKILL at random moments and looks at what is left.

  first    a first ingest
  commits  one of a corpus so large that it commits several times
  edits    an ingest after edits
  deletes  the same, killed when a file of deletes is there and no commit names it
  rebuild  ingest --rebuild after edits
  upgrade  ingest --rebuild of an index of an older format
  purge    ingest --purge after edits
  lists    edits of a reading list
  export   list export -o over an earlier export

After each kill of an ingest: a search opens the index, `check` finds it sound, each file is in it
whole or not at all, and the answers are those before the run or those after it. One more ingest
then equals a fresh build: answers, versions of a story, `status`, no file left over. A list and an
export are as before or as after; temporary files that a kill leaves beside them are counted.
"""
import json
import os
import re
import shutil
import time

from attack import Attack, replace_folder, run, start
import news

PARTS = ("first", "commits", "edits", "deletes", "rebuild", "upgrade", "purge", "lists", "export")
PADDING_BYTES = 45 << 20  # of one padded page: six of them pass the 256 MiB after which an ingest commits
attack = Attack(__doc__, PARTS, seconds=900, kills=40, files=250)
rng = attack.random
MARK = "zqmark"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as out:
        out.write(content)


def mark(path, number):
    """Gives an article three paragraphs that are found together or not at all."""
    with open(path, encoding="utf-8") as file:
        text = file.read().split(f"\n\n{MARK}")[0].rstrip("\n")
    with open(path, "w", encoding="utf-8") as out:
        out.write(text + "".join(f"\n\n{MARK}{number} is the {nth} paragraph that the desk added."
                                 for nth in ("first", "second", "third")) + "\n")


def edit(archive, number):
    """Deletes, changes, copies and adds articles."""
    for path in archive.articles():
        dice = rng.random()
        if dice < 0.05:
            os.unlink(path)
        elif dice < 0.20:
            mark(path, number)
        elif dice < 0.25:
            twin = f"{path[:-4]}-{number}.txt"
            shutil.copy(path, twin)
            mark(twin, number)
    archive.write(f"corpus/new/{number}.txt", news.article(rng))


def killed(archive, command, seconds, files):
    """Starts a command and kills it: after a part of the time that it takes, or when a number of files
    of the index have come and gone. Returns whether it had ended before."""
    child = start([archive.binary, *command], archive.folder)
    if rng.random() < 0.5:
        time.sleep(rng.uniform(0, seconds * 0.95))
    else:
        enough, seen, index = rng.randint(1, max(2, files)), set(), archive.path("index")
        while child.poll() is None and len(seen) < enough:
            seen.update(os.listdir(index) if os.path.isdir(index) else ())
    ended = child.poll() is not None
    child.kill()
    child.wait()
    return ended


def measure(archive, command):
    """How long a command takes, and how many names of files the index has while it runs."""
    seen, index = set(), archive.path("index")
    began = time.monotonic()
    child = start([archive.binary, *command], archive.folder)
    while child.poll() is None:
        seen.update(os.listdir(index) if os.path.isdir(index) else ())
    if child.returncode != 0:
        raise SystemExit(f"cannot prepare: {command} exits with {child.returncode}")
    return time.monotonic() - began, len(seen)


def fresh_build(archive):
    """What a fresh build of the same corpus answers, without copies as well."""
    other = attack.archive("fresh-build")
    shutil.rmtree(other.path("corpus"))
    shutil.copytree(archive.path("corpus"), other.path("corpus"))
    other.ingest()
    return state(other)


def state(archive):
    return {"answers": archive.answers(), "passages": archive.answers(fold=False), "holds": archive.holds()}


def parts_of_files(archive):
    """Files of which the index has some of the three marked paragraphs, or those of two
    versions."""
    marks = {}
    for line in archive.run("search", "--format", "jsonl", "-q", "--no-fold", "-n", "100000", "--",
                            f"{MARK}*").out.splitlines():
        hit = json.loads(line)
        marks.setdefault(hit["path"], []).append(re.search(rf"{MARK}(\d+)", hit["text"]).group(1))
    return [path for path, found in marks.items() if len(found) != 3 or len(set(found)) > 1]


def examine(part, archive, allowed, may_be_missing=False, may_be_refused=False):
    """Looks at what a kill left."""
    opened = archive.run("search", "-q", "--format", "jsonl", "harbor")
    attack.watch(f"{part}: search after a kill", opened)
    if opened.code == 2:
        missing = may_be_missing and ("no index" in opened.said or "morgue ingest" in opened.said)
        if missing or may_be_refused and "--rebuild" in opened.said:
            attack.count(f"{part}: " + ("no index yet" if missing else "refused, and --rebuild named"))
        else:
            attack.fault(f"{part}: does not open", opened.said)
        return
    sound = archive.run("check")
    if sound.code != 0:
        attack.fault(f"{part}: check exits {sound.code}", sound.said)
    torn = parts_of_files(archive)
    if torn:
        attack.fault(f"{part}: {len(torn)} files are there in part", torn[0])
    if not allowed:
        return
    answers = archive.answers()
    for name, it in allowed.items():
        if answers == it["answers"]:
            attack.count(f"{part}: answers as {name}")
            return
    if archive.answers(fold=False) in [it["passages"] for it in allowed.values()]:
        attack.fault(f"{part}: whole, but copies are not folded", archive.holds()[-1])
    else:
        attack.fault(f"{part}: answers of no commit", [a[0] for a, b in zip(answers, it["answers"]) if a != b])


def converge(part, archive, want, command=("ingest", "-q")):
    """One more ingest must equal a fresh build."""
    again = archive.run(*command, cpu=300)
    if again.code != 0:
        attack.fault(f"{part}: the next run exits {again.code}", again.said)
        archive.ingest("--rebuild")  # so that the attack can go on
        return
    now = state(archive)
    for what, value in now.items():
        if value != want[what]:
            attack.fault(f"{part}: the next run and a fresh build differ in {what}",
                         [pair for pair in zip(value, want[what]) if pair[0] != pair[1]][:2])
    if archive.run("check").code != 0:
        attack.fault(f"{part}: check after the next run", archive.run("check").said)
    left = archive.unnamed_files()
    if left:
        attack.fault(f"{part}: {len(left)} files that no segment names stay after the next run", " ".join(
            sorted(left)[:3]))
    attack.count(f"{part}: compared with a fresh build")


def kills(part, archive, command, want, allowed, number, before=None, finish=("ingest", "-q"), **allow):
    """Kills a command again and again, from the index in `before`, or from none, or from what the
    last kill left."""
    seconds, files = measure(archive, command)
    ended = n = 0
    while n < number and attack.time_left():
        if n == 0 or rng.random() < 0.7:
            shutil.rmtree(archive.path("index"), ignore_errors=True)
            if before:
                replace_folder(before, archive.path("index"))
        late = killed(archive, command, seconds, files)
        ended += late
        n += 1
        attack.count(f"{part}: " + ("came after its end" if late else "killed"))
        examine(part, archive, allowed, **allow)
        if rng.random() < 0.3:
            converge(part, archive, want, finish)
    converge(part, archive, want, finish)


def first(part, files, number, padded=0):
    archive = attack.archive(part)
    news.corpus(archive.path("corpus"), files, attack.args.seed)
    for path in archive.articles()[::3]:
        mark(path, 0)
    for n in range(padded):
        archive.write(
            f"corpus/padded-{n}.html",
            "<!doctype html><title>Padded page</title><script>var x='" + "x" * PADDING_BYTES +
            f"'</script><article><h1>Page {n}</h1><p>The harbor of Tarnmouth was measured again after the long storm of the spring, the mayor told the council.</p></article>"
        )
    want = fresh_build(archive)
    kills(part, archive, ["ingest", "-q"], want, {} if padded else {"after": want}, number, may_be_missing=True)


def edited_archive(part, files):
    """An archive with an index and some deletes in it, its state, and a copy of its index."""
    archive = attack.archive(part)
    news.corpus(archive.path("corpus"), files, attack.args.seed)
    edit(archive, 0)
    archive.ingest()
    before = os.path.join(attack.work, f"{part}-before")
    replace_folder(archive.path("index"), before)
    return archive, state(archive), before


def edits():
    archive, old, before = edited_archive("edits", attack.args.files)
    number = 0
    while number < 12 and attack.time_left():
        number += 1
        edit(archive, number)
        want = fresh_build(archive)
        kills("edits", archive, ["ingest", "-q"], want, {"before": old, "after": want}, max(4, attack.args.kills // 6),
              before)
        replace_folder(archive.path("index"), before)
        old = want


def rebuild(part):
    archive, old, before = edited_archive(part, attack.args.files // 2)
    edit(archive, 1)
    want = fresh_build(archive)
    upgrade = part == "upgrade"
    if upgrade:
        path = os.path.join(before, "meta.json")
        with open(path, encoding="utf-8") as file:
            meta = json.load(file)
        payload = json.loads(meta["payload"])
        payload["format"] -= 1
        meta["payload"] = json.dumps(payload)
        with open(path, "w", encoding="utf-8") as out:
            json.dump(meta, out)
    command = ["ingest", "-q", "--rebuild"]
    kills(part, archive, command, want, {"before": old, "after": want}, attack.args.kills // 2, before, command,
          may_be_missing=upgrade, may_be_refused=upgrade)


def deletes():
    """Kills in the moment in which a file of deletes lies there and the commit that names it does
    not."""
    archive, _, before = edited_archive("deletes", attack.args.files // 2)
    edit(archive, 1)
    want = fresh_build(archive)
    caught = 0
    for _ in range(attack.args.kills * 2):
        if caught >= attack.args.kills or not attack.time_left():
            break
        replace_folder(before, archive.path("index"))
        old_files, meta = set(os.listdir(before)), os.stat(archive.path("index", "meta.json")).st_ino
        child = start([archive.binary, "ingest", "-q"], archive.folder)
        while child.poll() is None and not any(
                it.endswith(".del") for it in set(os.listdir(archive.path("index"))) - old_files):
            pass
        child.kill()
        child.wait()
        if os.stat(archive.path("index", "meta.json")).st_ino == meta and any(
                it.endswith(".del") for it in archive.unnamed_files()):
            caught += 1
            attack.count("deletes: killed in that moment")
            converge("deletes", archive, want)


def holds_text(folder, text):
    """The files of the folder that have the bytes."""
    return [it for it in os.listdir(folder) if text in read(os.path.join(folder, it))]


def purge():
    if b"--purge" not in run(attack.binary, "ingest", "--help").out:
        print("purge: this morgue has no `ingest --purge`: left out")
        return
    secret = b"qzxvkwjh7340"
    archive = attack.archive("purge")
    news.corpus(archive.path("corpus"), attack.args.files, attack.args.seed)
    for path in archive.articles()[::9]:
        write(path, read(path) + b"\nThe envelope was marked " + secret + b" by the clerk.\n")
    archive.ingest()
    if not holds_text(archive.path("index"), secret):
        raise SystemExit("purge: the marked text is not seen in the index to begin with")
    for path in archive.articles()[::9]:
        os.unlink(path)
    archive.ingest()
    want = fresh_build(archive)
    before = os.path.join(attack.work, "purge-before")
    replace_folder(archive.path("index"), before)
    kills("purge", archive, ["ingest", "-q", "--purge"], want, {"after": want}, attack.args.kills // 2, before,
          ("ingest", "-q", "--purge"))
    left = holds_text(archive.path("index"), secret)
    if left:
        attack.fault("purge: deleted text is still in the index", left)


def listed_archive(part):
    """An archive with one reading list."""
    archive = attack.archive(part)
    news.corpus(archive.path("corpus"), 120, attack.args.seed)
    archive.ingest()
    made = archive.run("list", "new", "one", "harbor", "--max", "40", "--passages", "3")
    if made.code != 0:
        raise SystemExit(f"cannot prepare a list: {made.said}")
    return archive


def killed_at_change(archive, command, folder):
    """Starts a command and kills it as soon as a file of the folder changes. Returns whether it had
    ended before."""

    def seen():
        return sorted((it.name, it.stat().st_ino, it.stat().st_size) for it in os.scandir(folder))

    before = seen()
    child = start([archive.binary, *command], archive.folder)
    while child.poll() is None:
        try:
            if seen() != before:
                break
        except FileNotFoundError:  # renamed between the listing and the look
            break
    ended = child.poll() is not None
    child.kill()
    child.wait()
    return ended


def file_kills(part, archive, path, commands, number):
    """Kills commands that replace one file: it must be the old one or the new one."""
    folder = os.path.dirname(path)
    beside = set(os.listdir(folder))
    for n in range(number):
        if not attack.time_left():
            break
        command = [it.replace("NUMBER", str(n)) for it in rng.choice(commands)]
        before = read(path)
        seconds, _ = measure(archive, command)
        after = read(path)
        write(path, before)
        late = killed_at_change(archive, command, folder) if n % 2 else killed(archive, command, seconds, 0)
        attack.count(f"{part}: " + ("came after its end" if late else "killed"))
        now = read(path) if os.path.exists(path) else b""
        if now not in (before, after):
            attack.fault(f"{part}: {' '.join(command)}",
                         f"{len(before)} bytes before, {len(after)} after, {len(now)} now")
            write(path, before)
        attack.count(f"{part}: as " + ("before" if now == before else "after"))
    attack.count(f"{part}: files that kills left beside it", len(set(os.listdir(folder)) - beside - {".morgue.lock"}))


def lists():
    archive = listed_archive("lists")
    file_kills("lists", archive, archive.path("lists", "one.md"),
               [["list", "note", "one", "3", "call back NUMBER"], ["list", "tag", "one", "1", "tag-NUMBER"],
                ["list", "mark", "one", "read", "2", "5"], ["list", "move", "one", "4", "1"],
                ["list", "remove", "one", "2"], ["list", "refresh", "one"],
                ["list", "add", "one", "--query", "bridge OR x NUMBER"], ["list", "sort", "one", "date"]],
               attack.args.kills * 2)
    shown = archive.run("list", "show", "one")
    if shown.code != 0:
        attack.fault("lists: list show after the kills", shown.said)
    if [it for it in archive.run("list").out.splitlines() if b"tmp" in it]:
        attack.fault("lists: a file that a kill left is listed", archive.run("list").out.decode(errors="replace"))


def export():
    archive = listed_archive("export")
    os.makedirs(archive.path("out"))
    for form in ("html", "json", "csv", "markdown", "bibtex"):
        path = archive.path("out", f"page.{form}")
        write(path, b"an earlier export\n")
        file_kills(f"export --to {form}", archive, path, [["list", "export", "one", "--to", form, "-o", path]],
                   max(4, attack.args.kills // 5))


RUNS = {
    "first": (0.12, lambda: first("first", attack.args.files, attack.args.kills)),
    "commits": (0.15, lambda: first("commits", 120, attack.args.kills // 4, padded=13)), "edits": (0.25, edits),
    "deletes": (0.1, deletes), "rebuild": (0.1, lambda: rebuild("rebuild")),
    "upgrade": (0.1, lambda: rebuild("upgrade")), "purge": (0.08, purge), "lists": (0.05, lists),
    "export": (0.05, export)
}
for name, (part_of_time, function) in RUNS.items():
    if attack.wanted(name):
        attack.share(part_of_time)
        function()
attack.close()
