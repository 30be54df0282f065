"""Take the pictures of the documents from the sample archive: ``python -m tools.screenshots``, or ``make screenshots``.

A copy of the sample archive is indexed and served, and Debian's chromium opens its pages. Pictures have few colours, so
that all together are small.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from corpus.sample import ARCHIVE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COLOURS = 64
"""Colours of a picture. Smoothed text needs some dozen shades of each of the few that the pages have."""
PORT = 8795
QUESTION = "/search?q=torture+prevention&date=2018..2021"
REPORT = "reports/behind-the-second-door.pdf"
"""The document that is shown beside the images of its pages."""
UNDATED = "reports/narrowing-street.pdf"
"""The document that is shown with all candidates for its metadata."""
CORRECTIONS = (
    ("letter-to-the-one-who-comes-after-me.txt", "--date", "2019", "--who", "Ines"),
    ("glossary.md", "--category", "toolkit", "--who", "Ines"),
)
"""Changes that the log shows."""
DECISIONS = (("1", "relevant", "relevant", "not", "maybe"), ("2", "relevant", "not", "not", "maybe"))
"""What each of two readers decides on the first documents of the review that is shown."""
SETTINGS = '[archive]\nname = "Our coalition"\nlanguages = ["en", "fr", "es"]\n'


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page.

    Attributes:
        name: of its file, without the ending.
        address: of the page, with ``{report}`` or ``{undated}`` for an id.
        width: of the window in pixels.
        height: of the window in pixels.
        scheme: light or dark.
        language: of the pages.
        scroll_to: the element that is brought to the top; ``""`` leaves the page as it opens.
    """

    name: str
    address: str
    width: int = 1280
    height: int = 800
    scheme: Literal["light", "dark"] = "light"
    language: str = "en"
    scroll_to: str = ""


DOCUMENT = "/documents/{report}?q=torture+prevention&page=1"
PICTURES = (
    Picture("start", "/"),
    Picture("results", QUESTION),
    Picture("facet", "/search?facet=author", height=580),
    Picture("document", DOCUMENT),
    Picture("help", "/help", scroll_to="#main table"),
    Picture("curate", "/curate", height=480),
    Picture("queue", "/curate/queue?list=undated", height=720),
    Picture("edit", "/curate/documents/{undated}?list=undated"),
    Picture("bulk", "/curate/bulk?q=title%3Aconference&field=category&value=conference+report", height=560),
    Picture("log", "/curate/log", height=600),
    Picture("results-small", QUESTION, 320, 640),
    Picture("document-small", DOCUMENT, 320, 640),
    Picture("results-dark", QUESTION, scheme="dark"),
    Picture("results-arabic", QUESTION, language="ar"),
    Picture("concordance", "/kwic?q=detention&by=1R", height=580),
    Picture("trend", "/trend?q=detention&with=torture", height=640),
    Picture("review", "/review?name=Detention", height=600),
)


def main() -> None:
    """Take every picture, or those that are named."""
    parser = argparse.ArgumentParser(description="Take the pictures of docs/web.md and docs/research.md.")
    parser.add_argument("names", nargs="*", choices=[[], *(picture.name for picture in PICTURES)], metavar="NAME")
    parser.add_argument("--folder", type=Path, default=Path("docs/images"))
    options = parser.parse_args()
    wanted = [picture for picture in PICTURES if picture.name in options.names or not options.names]
    options.folder.mkdir(parents=True, exist_ok=True)
    with _served() as (address, ids):
        for picture, content in _taken(wanted, address, ids):
            path = options.folder / f"{picture.name}.png"
            path.write_bytes(_few_colours(content))
            print(f"{path}: {path.stat().st_size / 1000:.0f} KB", flush=True)


@contextmanager
def _served() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a copy of the sample archive; yield the address with the token, and ids by their name in an address."""
    with tempfile.TemporaryDirectory(prefix="muniment-screenshots-") as name:
        archive = Path(name) / "our-coalition"
        shutil.copytree(ARCHIVE, archive)
        (archive / "muniment.toml").write_text(SETTINGS, encoding="utf-8")
        environment = os.environ | {"XDG_STATE_HOME": f"{name}/state", "XDG_DATA_HOME": f"{name}/data"}
        call = [sys.executable, "-m", "muniment", "--archive", str(archive)]
        subprocess.run([*call, "index", "-q"], env=environment, check=True)
        listed = subprocess.run([*call, "search", "", "-n", "1000", "--json"], env=environment, check=True,
                                capture_output=True, text=True)  # fmt: skip
        ids = {hit["path"]: hit["id"] for hit in json.loads(listed.stdout)["hits"]}
        for path, *options in CORRECTIONS:
            subprocess.run([*call, "edit", ids[path], *options, "-q"], env=environment, check=True)
        subprocess.run([*call, "index", "-q"], env=environment, check=True)
        _review(call, environment)
        command = [*call, "serve", "--port", str(PORT)]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
            try:
                lines = server.stderr or ()
                address = next(line.split()[0] for line in lines if "token=" in line)
                yield address, {"report": ids[REPORT], "undated": ids[UNDATED]}
            finally:
                server.terminate()


def _review(call: Sequence[str], environment: Mapping[str, str]) -> None:
    """Begin a review on which two readers disagree."""
    begin = [*call, "review", "new", "Detention", "places of detention", "--reason", "Wrong period"]
    subprocess.run(begin, env=environment, check=True, stdout=subprocess.DEVNULL)
    found = subprocess.run([*call, "search", "places of detention", "--json"], env=environment, check=True,
                           capture_output=True, text=True)  # fmt: skip
    for reader, *decisions in DECISIONS:
        for hit, decision in zip(json.loads(found.stdout)["hits"], decisions, strict=False):
            reason = ["--reason", "Wrong period"] if decision == "not" else []
            decide = [*call, "review", "decide", "Detention", hit["id"], decision, "--reader", reader, *reason]
            subprocess.run(decide, env=environment, check=True, stdout=subprocess.DEVNULL)


def _taken(pictures: Sequence[Picture], address: str, ids: dict[str, str]) -> Iterator[tuple[Picture, bytes]]:
    """Yield each picture with its content as PNG.

    Raises:
        SystemExit: there is no chromium.
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        raise SystemExit("no chromium: install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--font-render-hinting=none"]
        )
        for picture in pictures:
            yield picture, _take(browser, picture, address, ids)
        browser.close()


def _take(browser: Browser, picture: Picture, address: str, ids: dict[str, str]) -> bytes:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height}, color_scheme=picture.scheme,
        locale=picture.language, reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(address)
    parts = urlsplit(address)
    page.goto(f"{parts.scheme}://{parts.netloc}{picture.address.format(**ids)}", wait_until="networkidle")
    page.wait_for_timeout(1000)
    if picture.scroll_to:
        page.locator(picture.scroll_to).first.evaluate("element => element.scrollIntoView()")
    content: bytes = page.screenshot(caret="hide")
    context.close()
    return content


def _few_colours(content: bytes) -> bytes:
    """Return a PNG with at most `COLOURS` colours, as small as it gets."""
    from PIL import Image

    picture = Image.open(BytesIO(content)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    target = BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


if __name__ == "__main__":
    main()
