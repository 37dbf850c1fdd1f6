#!/usr/bin/env python3
"""Uses the library as a stranger's project does.

    consumer.py WAY CMAKE C_COMPILER

    WAY find_package   installs it, moves what was installed elsewhere, builds tests/consumer with it
        pkg_config     the same with pkg-config and the compiler alone; ends with 77 (skipped) where there is no pkg-config
        subdirectory   builds tests/consumer with the library's sources in its tree, where nothing of ours but the library may appear
"""
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Both kinds of library and both depths of libdir.
KINDS = [("static", "lib"), ("shared", "lib/x86_64-linux-gnu")]
SKIPPED = 77


class Consumer:
    def __init__(self, cmake, compiler, kind, libdir, directory):
        self.cmake, self.compiler, self.kind, self.libdir, self.directory = cmake, compiler, kind, libdir, directory

    def run(self, *command, **environment):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env={**os.environ, **environment})
        if done.returncode:
            raise SystemExit(f"{self.kind}, {self.libdir}: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
        return done.stdout

    def build(self, source, name, *options):
        build = self.directory / name
        shared = f"-DBUILD_SHARED_LIBS={'ON' if self.kind == 'shared' else 'OFF'}"
        self.run(self.cmake, "-S", source, "-B", build, f"-DCMAKE_C_COMPILER={self.compiler}", "-DCMAKE_BUILD_TYPE=Debug", shared, *options)
        self.run(self.cmake, "--build", build)
        return build

    def installed(self):
        """The directory to which an installed package was moved."""
        build = self.build(ROOT, "library", f"-DCMAKE_INSTALL_LIBDIR={self.libdir}", "-DTRADE_BUILD_TESTS=OFF", "-DTRADE_BUILD_EXAMPLES=OFF")
        first, moved = self.directory / "first", self.directory / "moved to"
        self.run(self.cmake, "--install", build, "--prefix", first)
        shutil.rmtree(build)
        first.rename(moved)
        return moved

    def find_package(self):
        # On a Debian whose architecture has another name, CMake wouldn't look in the second libdir by itself.
        build = self.build(HERE, "consumer", f"-Dtradestat_DIR={self.installed() / self.libdir / 'cmake/tradestat'}")
        return self.run(build / "consumer")

    def pkg_config(self):
        libdir = self.installed() / self.libdir
        flags = self.run("pkg-config", "--cflags", "--libs", "tradestat", PKG_CONFIG_LIBDIR=str(libdir / "pkgconfig"))
        program = self.directory / "program"
        self.run(self.compiler, "-std=c99", "-o", program, HERE / "consumer.c", *shlex.split(flags))
        return self.run(program, LD_LIBRARY_PATH=str(libdir))

    def subdirectory(self):
        build = self.build(HERE, "consumer", f"-DTRADESTAT_SOURCE={ROOT}")
        self.run(self.cmake, "--install", build, "--prefix", self.directory / "installed")
        leaked = list((self.directory / "installed").glob("**/*"))
        tests = self.run(self.cmake.with_name("ctest"), "--test-dir", build, "-N")
        if leaked or "Total Tests: 0" not in tests:
            raise SystemExit(f"our tests or our install leak into the project that contains us: {leaked}\n{tests}")
        return self.run(build / "consumer")


def main():
    way, cmake, compiler = sys.argv[1:]
    if way == "pkg_config" and not shutil.which("pkg-config"):
        print("skipped: there is no pkg-config (Debian: pkg-config)")
        return SKIPPED
    for kind, libdir in KINDS:
        with tempfile.TemporaryDirectory() as directory:
            print(kind, libdir, getattr(Consumer(pathlib.Path(cmake), compiler, kind, libdir, pathlib.Path(directory)), way)(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
