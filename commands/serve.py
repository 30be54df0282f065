"""``serve``: the archive in a browser, on this machine alone."""

from __future__ import annotations

import click

from commands.output import print_notes
from corpus.messages import message
from web.access.access_token import token_of_archive
from web.access.guard import Access
from web.server import DEFAULT_PORT, free_socket, run_server, web_address
from web.site import Site


@click.command(short_help="Show the archive in a browser.")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True, metavar="NUMBER",
              help="Port on this machine. A taken one is passed over.")  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option("--new-token", is_flag=True, help="Let in nobody who was let in before.")
@click.option("--read-only", is_flag=True, help="Leave out the pages on which the archive can be changed.")
@click.option("--leave-no-trace", is_flag=True, help="Have the browser store nothing of what it shows.")
@click.pass_context
def serve(
    context: click.Context, port: int, open_browser: bool, new_token: bool, read_only: bool, leave_no_trace: bool
) -> None:
    """Show the archive in a browser, until Ctrl-C is pressed.

    One address is printed, with a token that lets a browser in: nobody else on this machine can read the archive. It is
    not served to other machines, and nothing is sent anywhere.
    """
    listener, taken_port = free_socket(port)
    access = Access(token_of_archive(context.obj, renew=new_token), taken_port, leave_no_trace=leave_no_trace)
    site = Site(context.obj, access, read_only=read_only)
    if taken_port != port:
        print_notes([message("serve.port-taken", port=port, other=taken_port)])
    run_server(site, listener, web_address(access), open_browser=open_browser)
