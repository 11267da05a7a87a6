#!/usr/bin/env python3
"""What is installed: symbols are those of the headers, headers are clean C99 and C++, programs of
others build and run against the shared and the static libraries with CMake and pkg-config, the
Debian packages are the same bytes twice.
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import harness  # noqa: E402

ROOT = HERE.parent.parent
INCLUDE = ROOT / "include"
DOCUMENT = ROOT / "samples/consent-form.docx"
GIVEN = None


def run(*command, **kept):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, **kept)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def needs(*programs):
    for program in programs:
        if shutil.which(program) is None:
            raise unittest.SkipTest(f"{program} is not installed")


def declared(*headers):
    """Functions that headers declare with LACUNA_API."""
    names = set()
    for header in headers:
        text = re.sub(r"/\*.*?\*/", "", (INCLUDE / header).read_text(encoding="utf-8"), flags=re.S)
        names |= set(re.findall(r"^LACUNA_API[^;(]*?\b(lacuna_\w+)\s*\(", text, re.M))
    return names


def exported(library):
    out = run("nm", "-D", "--defined-only", Path(GIVEN.build, "lib", library))
    return {line.split()[-1] for line in out.splitlines() if line.split()[-2] != "A"}


def without_build(out):
    """A report without the id of the file its code was in, which the linker makes of it."""
    return re.sub(r'("build": |built as )"?[0-9a-f]{40}"?', r"\1X", out)


class Api(unittest.TestCase):
    def test_symbols_are_those_of_the_headers(self):
        claude = declared("lacuna_claude.h")
        core = declared("lacuna.h", "lacuna_draft.h", "lacuna_model.h", "lacuna_phi.h", "lacuna_status.h")
        self.assertGreater(len(core), 70)
        self.assertEqual(exported("liblacuna.so"), {f"{name}@@LACUNA_0" for name in core})
        self.assertEqual(exported("liblacuna_claude.so"), {f"{name}@@LACUNA_CLAUDE_0" for name in claude})

    def test_soname_and_what_the_core_links(self):
        read = run("readelf", "-d", Path(GIVEN.build, "lib/liblacuna.so"))
        self.assertIn("soname: [liblacuna.so.0]", read)
        for network in ("libcurl", "libssl"):
            self.assertNotIn(network, read)

    def test_headers_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            for header in sorted(INCLUDE.glob("*.h")):
                for language, compiler, standard in (("c", "cc", "c99"), ("c", "cc", "c17"), ("c++", "c++", "c++11"),
                                                     ("c++", "c++", "c++20")):
                    if shutil.which(compiler) is None:
                        continue
                    one = Path(folder, "one.c" if language == "c" else "one.cc")
                    one.write_text(f"#include <{header.name}>\n#include <{header.name}>\nint used;\n")
                    run(compiler, f"-std={standard}", "-pedantic", "-Wall", "-Wextra", "-Werror", "-I", INCLUDE, "-c",
                        one, "-o", Path(folder, "one.o"))

    def test_nothing_in_the_headers_that_bindings_trip_over(self):
        for header in INCLUDE.glob("*.h"):
            text = re.sub(r"/\*.*?\*/", "", header.read_text(encoding="utf-8"), flags=re.S)
            self.assertNotRegex(text, r"\.\.\.|\blong\b|\bbool\b|:\s*\d+\s*;|#define \w+\(", header.name)

    def test_the_program_works_on_the_shared_libraries(self):
        for arguments in (["check", DOCUMENT, "--as-of", "2026-01-01", "-f", "json", "--exit-zero"],
                          ["version", "--json"], ["outline", DOCUMENT]):
            self.assertEqual(without_build(run(GIVEN.shared_lacuna, *arguments)),
                             without_build(run(GIVEN.lacuna, *arguments)))


def expected():
    return without_build(run(GIVEN.lacuna, "check", DOCUMENT, "--as-of", "2026-01-01", "-f", "json", "--exit-zero"))


class Prefix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        needs("cc", "c++", "pkg-config")
        cls.folder = Path(tempfile.mkdtemp())
        cls.prefix = cls.folder / "prefix"
        run(GIVEN.cmake, "--install", GIVEN.build, "--prefix", cls.prefix)
        cls.lib = next(cls.prefix.rglob("liblacuna.so")).parent

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def check(self, program):
        env = {**os.environ, "LD_LIBRARY_PATH": str(self.lib)}
        self.assertEqual(without_build(run(program, DOCUMENT, env=env)), expected())

    def test_what_is_there(self):
        found = {str(p.relative_to(self.prefix)) for p in self.prefix.rglob("*") if not p.is_dir()}
        lib = str(self.lib.relative_to(self.prefix))
        wanted = {"bin/lacuna", f"{lib}/liblacuna.so.0", f"{lib}/liblacuna.a", f"{lib}/pkgconfig/lacuna.pc",
                  f"{lib}/cmake/Lacuna/LacunaConfig.cmake", "include/lacuna.h"}
        self.assertEqual(wanted - found, set())
        self.assertEqual({p.name for p in (self.prefix / "include").iterdir()}, {p.name for p in INCLUDE.iterdir()})
        for path in self.prefix.rglob("*.cmake"):
            self.assertNotIn(str(ROOT), path.read_text(), path)

    def test_the_program_needs_none_of_its_sources(self):
        self.assertIn('"verdict"', run(self.prefix / "bin/lacuna", "check", DOCUMENT, "-f", "json", "--exit-zero", cwd="/"))

    def test_cmake(self):
        for wanted in ("static", ""):
            build = self.folder / f"cmake-{wanted}"
            run(GIVEN.cmake, "-S", HERE / "scratch", "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}",
                f"-DWANTED={wanted}", "-DCMAKE_BUILD_TYPE=Release")
            run(GIVEN.cmake, "--build", build)
            self.check(build / "with_shared")
            self.assertEqual(json.loads(run(build / "with_cxx", DOCUMENT)),
                             json.loads(run(GIVEN.lacuna, "outline", DOCUMENT, "-f", "json")))
            if wanted:
                self.check(build / "with_static")
                self.assertNotIn("liblacuna", run("readelf", "-d", build / "with_static"))

    def test_another_version_is_not_taken(self):
        (self.folder / "other").mkdir()
        text = (HERE / "scratch/CMakeLists.txt").read_text().replace("Lacuna 0.1", "Lacuna 1.0")
        for name in ("main.c", "main.cc"):
            shutil.copy(HERE / "scratch" / name, self.folder / "other")
        (self.folder / "other/CMakeLists.txt").write_text(text)
        with self.assertRaisesRegex(AssertionError, "0.1.0"):
            run(GIVEN.cmake, "-S", self.folder / "other", "-B", self.folder / "other/b", f"-DCMAKE_PREFIX_PATH={self.prefix}")

    def test_pkg_config(self):
        env = {**os.environ, "PKG_CONFIG_PATH": str(self.lib / "pkgconfig")}
        define = f"--define-variable=prefix={self.prefix}"
        for static in (False, True):
            flags = run("pkg-config", define, "--cflags", "--libs", "lacuna_claude", "lacuna", env=env).split()
            if static:
                # Ours static, what they use as it comes.
                private = run("pkg-config", define, "--print-requires-private", "lacuna_claude", "lacuna", env=env).split()
                names = {"-llacuna_claude": "-l:liblacuna_claude.a", "-llacuna": "-l:liblacuna.a"}
                flags = [names.get(f, f) for f in flags] + run("pkg-config", "--libs", *private).split() + ["-lm", "-pthread"]
            program = self.folder / f"pkg-{static}"
            run("cc", "-std=c99", HERE / "scratch/main.c", "-o", program, *flags)
            self.check(program)


class Packages(unittest.TestCase):
    def test_debian_packages(self):
        needs("dpkg-deb", "dpkg-shlibdeps", "cpack", "gzip")
        with tempfile.TemporaryDirectory() as folder:
            made = []
            for name in ("one", "two"):
                run("cpack", "-G", "DEB", "--config", Path(GIVEN.build, "CPackConfig.cmake"), "-B", Path(folder, name),
                    env={**os.environ, "SOURCE_DATE_EPOCH": "1795521600"}, cwd=folder)
                made.append({p.name: hashlib.sha256(p.read_bytes()).hexdigest()
                             for p in Path(folder, name).glob("*.deb")})
            self.assertEqual([name.split("_")[0] for name in sorted(made[0])],
                             ["lacuna", "liblacuna-dev", "liblacuna0"])
            self.assertEqual(made[0], made[1], "the same build gives the same bytes")
            for name in made[0]:
                deb = Path(folder, "one", name)
                package = name.split("_")[0]
                listed = run("dpkg-deb", "-c", deb)
                for wanted in ("copyright", "changelog.gz"):
                    self.assertIn(f"./usr/share/doc/{package}/{wanted}", listed)
                self.assertNotIn("/usr/local", listed)
                run("dpkg-deb", "-x", deb, Path(folder, "root"))
            fields = run("dpkg-deb", "-f", next(Path(folder, "one").glob("lacuna_*.deb")), "Depends")
            self.assertIn("libxml2", fields)
            fields = run("dpkg-deb", "-f", next(Path(folder, "one").glob("liblacuna-dev_*.deb")), "Depends")
            self.assertIn("liblacuna0 (= ", fields)
            self.assertEqual(without_build(run(Path(folder, "root/usr/bin/lacuna"), "check", DOCUMENT, "--as-of",
                                               "2026-01-01", "-f", "json", "--exit-zero")), expected())
            if shutil.which("lintian"):
                print(run("lintian", "--fail-on", "error", *sorted(Path(folder, "one").glob("*.deb"))))


if __name__ == "__main__":
    GIVEN = harness.arguments(__doc__, build=("build/release", "as configured and built"),
                              shared_lacuna=("", "the program on the shared libraries"), cmake=("cmake", "that program"),
                              only=("", "one class"))
    GIVEN.build = str(Path(GIVEN.build).resolve())
    unittest.main(argv=["install", *([GIVEN.only] if GIVEN.only else [])])
