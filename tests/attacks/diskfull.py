#!/usr/bin/env python3
"""Fills the disk below an index, a list, an export, at many levels. Needs the right to mount: root, or
`unshare -rm`.

  ingest   a first ingest, one after edits, a rebuild, a purge onto a tmpfs with 0 to 1.5 times the
           room that it needs
  files    list edits and exports with -o on a tmpfs with 0 to some hundred KiB free
  streams  standard output that is /dev/full

A refused command exits 2 and says that the disk is full. The index answers as before and `check`
finds it sound; once there is room, the next ingest equals a fresh build. A list or an earlier
export is as it was, and no part of a new one is left.
"""
import os
import re
import shutil
import subprocess

from attack import Archive, Attack, replace_folder, run
import news

attack = Attack(__doc__, ("ingest", "files", "streams"), seconds=600, levels=9, files=250)
disk = os.path.join(attack.work, "disk")
FORMS = ("html", "epub", "csv", "markdown", "json", "bibtex", "ris", "csl-json", "atom", "bookmarks")


class Disk:
    """A tmpfs of that many KiB, mounted for a while."""

    def __init__(self, kib):
        self.kib = kib

    def __enter__(self):
        os.makedirs(disk, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.kib}k", "tmpfs", disk], check=True)
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", disk], check=True)

    def leave(self, kib):
        """Fills it until so much is free."""
        self.make_room()
        state = os.statvfs(disk)
        size = state.f_bavail * state.f_frsize - kib * 1024
        with open(os.path.join(disk, "ballast"), "wb") as out:
            try:
                out.write(bytes(max(0, size)))
            except OSError:
                pass

    def make_room(self):
        if os.path.exists(os.path.join(disk, "ballast")):
            os.unlink(os.path.join(disk, "ballast"))


def says_full(where, ran):
    """Whether a command was refused; then it must say why."""
    if ran.code == 0:
        attack.count(f"{where.split(' with ')[0]}: went through")
        return False
    attack.count(f"{where.split(' with ')[0]}: refused")
    attack.watch(where, ran)
    if ran.code != 2:
        attack.fault(where, f"exit {ran.code}")
    if not re.search(r"(?i)disk is full|no space left|disk full", ran.said):
        attack.fault(f"{where}: does not say that the disk is full", ran.said)
    return True


def ingest():
    archive = attack.archive("home", settings=f'corpus = ["corpus"]\nindex = "{disk}/index"\n')
    news.corpus(archive.path("corpus"), attack.args.files, attack.args.seed)
    small = os.path.join(attack.work, "index-before")
    with Disk(400 << 10):
        archive.ingest()
        old = archive.answers()
        replace_folder(os.path.join(disk, "index"), small)
    kib = sum(os.path.getsize(os.path.join(small, it)) for it in os.listdir(small)) // 1024
    plain = {path: open(path, encoding="utf-8").read() for path in archive.articles()[::2]}

    def edit(changed):
        for path, text in plain.items():
            with open(path, "w", encoding="utf-8") as out:
                out.write(text + ("\nThe harbor was dredged once more.\n" if changed else ""))

    edit(True)
    with Disk(400 << 10):
        archive.ingest()
        new = archive.answers()
    kinds = {"first ingest": [], "ingest after edits": [], "rebuild": ["--rebuild"]}
    if b"--purge" in run(attack.binary, "ingest", "--help").out:
        kinds["purge"] = ["--purge"]
    for kind, more in kinds.items():
        for level in range(attack.args.levels):
            if not attack.time_left():
                return
            free = int(kib * 1.5 * level / max(1, attack.args.levels - 1))
            where = f"{kind} with {free} KiB free"
            with Disk(kib * 5 + 4096) as room:
                had_index = kind != "first ingest"
                edit(had_index)
                if had_index:
                    shutil.copytree(small, os.path.join(disk, "index"))
                room.leave(free)
                if says_full(where, archive.run("ingest", "-q", *more, cpu=120)) and had_index:
                    # A purge commits what it read before it merges.
                    if archive.answers() not in ([old, new] if kind == "purge" else [old]):
                        attack.fault(where, "the old index no longer answers as before")
                    sound = archive.run("check")
                    if sound.code != 0:
                        attack.fault(f"{where}: check exits {sound.code}", sound.said)
                room.make_room()
                again = archive.run("ingest", "-q", cpu=120)
                if again.code != 0:
                    attack.fault(f"{where}: the retry with room exits {again.code}", again.said)
                elif archive.answers() != (new if had_index else old):
                    attack.fault(where, "the retry and a fresh build differ")
                elif archive.run("check").code != 0:
                    attack.fault(f"{where}: check after the retry", archive.run("check").said)


def archive_on_disk():
    """An archive whose lists lie on the small disk, and whose corpus and index do not."""
    home = attack.archive("files")
    news.corpus(home.path("corpus"), 120, attack.args.seed)
    home.ingest()
    archive = Archive(attack.binary, os.path.join(disk, "a"),
                      settings=f'corpus = ["{home.path("corpus")}"]\nindex = "{home.path("index")}"\n')
    made = archive.run("list", "new", "one", "harbor", "--max", "60", "--passages", "3")
    if made.code != 0:
        raise SystemExit(f"cannot prepare a list: {made.said}")
    return archive


def read(path):
    with open(path, "rb") as file:
        return file.read()


def files():
    with Disk(20 << 10) as room:
        archive = archive_on_disk()
        listed, lists, out = archive.path("lists", "one.md"), archive.path("lists"), archive.path("out")
        os.makedirs(out)
        for kib in [*range(0, 64, 64 // attack.args.levels), 80, 120, 200, 400]:
            if not attack.time_left():
                return
            room.leave(kib)
            for command in (["list", "note", "one", "1", "a note"], ["list", "tag", "one", "2", f"t{kib}"], [
                    "list", "new", f"other{kib}", "bridge", "--max", "60", "--passages", "3"
            ]):
                where = f"{' '.join(command[:2])} with {kib} KiB free"
                before = read(listed)
                if says_full(where, archive.run(*command)) and read(listed) != before:
                    attack.fault(where, "the list was changed by a command that failed")
                left = [
                    it for it in os.listdir(lists)
                    if it not in ("one.md", ".morgue.lock") and not (it.startswith("other") and it.endswith(".md"))
                ]
                if left:
                    attack.fault(f"{where}: left in lists/", left)
                for name in set(os.listdir(lists)) - {"one.md"}:
                    os.unlink(os.path.join(lists, name))
            for form in FORMS:
                for earlier in (None, b"an earlier export\n"):
                    path = os.path.join(out, f"page.{form}")
                    room.make_room()
                    if earlier:
                        archive.write(f"out/page.{form}", earlier)
                    room.leave(kib)
                    where = f"list export -o with {kib} KiB free, --to {form}"
                    refused = says_full(where, archive.run("list", "export", "one", "--to", form, "-o", path))
                    if refused and earlier and (not os.path.exists(path) or read(path) != earlier):
                        attack.fault(where, "the earlier export is lost")
                    elif refused and not earlier and os.listdir(out):
                        attack.fault(where, f"a part is left: {os.listdir(out)}")
                    for name in os.listdir(out):
                        os.unlink(os.path.join(out, name))


def streams():
    with Disk(20 << 10):
        archive = archive_on_disk()
        for command in (["search", "harbor"], ["search", "--format", "json", "harbor"], ["status"], ["check"], [
                "speakers"
        ], ["quotes", "lund", "--all"], ["list", "show", "one"], ["list", "export", "one", "--to", "html"], [
                "extract", archive.path("morgue.toml")
        ], ["--help"], ["--version"], ["search", "--help"], ["man"], ["completions", "bash"]):
            with open("/dev/full", "wb") as full:
                ended = subprocess.run([attack.binary, *command], cwd=archive.folder, stdout=full,
                                       stderr=subprocess.PIPE, check=False)
            attack.count("/dev/full: commands")
            if ended.returncode != 2 or b"panicked" in ended.stderr:
                attack.fault(f"{' '.join(command)} > /dev/full", f"exit {ended.returncode} {ended.stderr[-200:]}")


for name, part, function in (("ingest", 0.6, ingest), ("files", 0.3, files), ("streams", 0.1, streams)):
    if attack.wanted(name):
        attack.share(part)
        function()
attack.close()
