"""``serve``: the archive in a browser, on this machine alone."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import click

from commands.output import print_notes
from commands.research.store_options import in_option
from corpus.errors import UsageError
from corpus.messages import message
from corpus.researcher_store.store_place import named_store
from web.access.access_token import token_of_archive
from web.access.guard import Access
from web.access.running_server import noted_port, noted_server
from web.languages import NAMES as LANGUAGE_CODES
from web.launcher import make_launcher
from web.server import (
    DEFAULT_PORT,
    UNIX_SOCKET_PORT,
    free_socket,
    open_in_browser,
    run_server,
    unix_socket,
    web_address,
)
from web.site import OwnStore, Site


@click.command(short_help="Show the archive in a browser.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True, metavar="NUMBER",
    help="Port on this machine. A taken one is passed over.",
)  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option("--read-only", is_flag=True, help="Leave out the pages on which the archive can be changed.")
@click.option("--leave-no-trace", is_flag=True, help="Have the browser store nothing of what it shows.")
@click.option("--new-token", is_flag=True, help="Let in nobody who was let in before.")
@click.option("--make-launcher", is_flag=True, help="Write a file to click on that does this, and end.")
@click.option(
    "--lang", "language", type=click.Choice([*LANGUAGE_CODES]), help="Language of the pages. Default: the browser's."
)
@click.option("--uds", type=click.Path(path_type=Path), metavar="PATH", help="Listen on a Unix socket, not on a port.")
@click.option("--public-url", default="", metavar="URL", help="Scheme and host by which a proxy is reached.")
@click.option("--behind-proxy", default="", metavar="ADDRESS", help="Address of the proxy, which names the user.")
@click.option("--allow-edits", is_flag=True, help="Behind a proxy, let its users change the archive.")
@click.option(
    "--allow-records", is_flag=True,
    help="With --read-only or behind a proxy, let everybody see and change your records, saved searches and reviews.",
)  # fmt: skip
@in_option
@click.pass_context
def serve(
    context: click.Context,
    /,
    *,
    port: int,
    uds: Path | None,
    new_token: bool,
    open_browser: bool,
    language: str | None,
    store_folder: Path | None,
    **options: bool | str,
) -> None:
    """Show the archive in a browser, until Ctrl-C is pressed.

    One address is printed, with a token that lets a browser in: nobody else on this machine can read the archive. It is
    not served to other machines, and nothing is sent anywhere. docs/web.md says how a proxy serves it to others.
    """
    archive: Path = context.obj
    if options["make_launcher"]:
        print_notes([make_launcher(archive)])
        return
    is_plain = port == DEFAULT_PORT and not (uds or new_token or language or store_folder or any(options.values()))
    if is_plain and open_browser and (running := noted_server(archive)):
        address = web_address(Access(token_of_archive(archive), running))
        print_notes([message("serve.already-served", address=address)])
        open_in_browser(address)
        return
    public_url, proxy = _proxy(str(options["public_url"]), str(options["behind_proxy"]))
    is_read_only = bool(options["read_only"] or (proxy and not options["allow_edits"]))
    listener, taken_port = (unix_socket(uds), UNIX_SOCKET_PORT) if uds else free_socket(port)
    token = token_of_archive(archive, renew=new_token)
    access = Access(token, taken_port, public_url, proxy, bool(options["leave_no_trace"]), language or "", bool(uds))
    if not uds and taken_port != port:
        print_notes([message("serve.port-taken", port=port, other=taken_port)])
    keeps_records = bool(options["allow_records"]) or not (is_read_only or proxy)
    own_store = _own_store(archive, store_folder, is_shown=keeps_records)
    site = Site(archive, access, read_only=is_read_only, store=own_store)
    with noted_port(archive, taken_port) if is_plain else nullcontext():
        run_server(site, listener, _shown_address(access, uds), open_browser=open_browser)


def _shown_address(access: Access, uds: Path | None) -> str:
    """Return the address that is printed; over a socket it is for programs that take both, as curl --unix-socket."""
    return f"{uds} {web_address(access)}" if uds and not access.public_url else web_address(access)


def _own_store(archive: Path, folder: Path | None, *, is_shown: bool) -> OwnStore:
    """Return where the researcher's own records are kept, after a look at a folder that was named."""
    if folder:
        named_store(archive, folder, write=False)
    return OwnStore(is_shown, folder)


def _proxy(public_url: str, proxy: str) -> tuple[str, str]:
    """Return the address by which a proxy is reached, and the proxy's own.

    Raises:
        UsageError: one of them is missing, or the first is no address of a site.
    """
    parts = urlsplit(public_url)
    if bool(public_url) != bool(proxy):
        raise UsageError("serve.proxy-needs-both")
    if public_url and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")):
        raise UsageError("serve.not-a-site", url=public_url)
    return public_url.rstrip("/"), proxy
