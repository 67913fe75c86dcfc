"""Make the pictures of the site in the README: run `python docs/screenshots.py`. It needs Chromium."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image

FOLDER: Final = Path(__file__).parent / "screenshots"
#: The name of each picture, its page, and its width and height in pixels.
PAGES: Final = (
    ("home", "/", 1000, 760),
    ("search", "/search?q=optician", 1000, 620),
    ("t-level", "/doc/t-level/healthcare-science.html", 1000, 1120),
    ("source", "/doc/source/000-80ba2ef1bfb81c71-txt.html", 1000, 640),
)


def main() -> None:
    """Build and serve the shipped data, and write the pictures."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("Chromium is not installed. Run: apt-get install chromium")
    with tempfile.TemporaryDirectory() as release, socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        listener.close()
        command = [sys.executable, "-m", "tlevel_rdf"]
        subprocess.run([*command, "build", "data/profiles", "--out", release], check=True)
        server = subprocess.Popen([*command, "serve", release, "--port", str(port)])
        try:
            _wait_for(f"http://127.0.0.1:{port}/")
            FOLDER.mkdir(exist_ok=True)
            for name, page, width, height in PAGES:
                file = FOLDER / f"{name}.png"
                size = f"--window-size={width},{height}"
                options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", size]
                address = f"http://127.0.0.1:{port}{page}"
                subprocess.run([browser, *options, f"--screenshot={file}", address], check=True)
                Image.open(file).convert("RGB").quantize(32).save(file, optimize=True)
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urlopen(address).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server does not answer")


if __name__ == "__main__":
    main()
