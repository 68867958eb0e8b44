"""`manage.py run` (or `make run`): everything that the portal consists of, on one machine."""

import gc
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import reverse

from portal.content.collecting import collect_static
from portal.content.loading.demo import demo_accounts
from portal.content.processes import commands, empty, is_free, run_together


class Command(BaseCommand):
    help = "Start the portal on this machine with its demo: web server, worker and beat. Ctrl-C ends all of it."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This starts the demo on a laptop; it needs settings with DEMO = True. See docs/architecture.md.")
        port = settings.PORT
        if not is_free(port):
            raise CommandError(f"Port {port} is taken. End what runs there, or take another: PORT={port + 1} make run")
        try:
            self._prepare()
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready. Nothing is half done: start again when you like.") from None
        ended = run_together(
            commands(port=port, var_dir=settings.VAR_DIR), folder=settings.BASE_DIR, port=port, on_ready=self._greet
        )
        if ended:
            raise CommandError(f"The process '{ended}' ended by itself (see above), so the others were ended too. Start again.")
        self.stdout.write("The portal has stopped.")

    def _prepare(self) -> None:
        """Everything that has to be there before the first visitor; quick when it is."""
        begin = monotonic()
        self.stdout.write("Database …")
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("Static files …")
        collect_static()
        self.stdout.write("Demo …")
        call_command("load_demo", stdout=self.stdout)
        # What an earlier run left may be half written, and what loading asked for is done: beat asks again for all that is not.
        empty(settings.VAR_DIR / "broker")
        # The processes open their own.
        connections.close_all()
        # Nothing in memory is tidied up one by one when this process ends: on a busy machine that takes seconds.
        gc.freeze()
        self.stdout.write(f"Ready after {monotonic() - begin:.0f} s; starting web server, worker and beat …")

    def _greet(self) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nThe portal is at    http://localhost:{settings.PORT}/"))
        self.stdout.write(f"Editors sign in at  http://localhost:{settings.PORT}/admin/\n")
        for account in demo_accounts():
            self.stdout.write(f"  {account.email:26} {account.password}   {account.role}")
        self.stdout.write(f"\nMails are read at    http://localhost:{settings.PORT}{reverse('mailbox:list')}")
        self.stdout.write("Ctrl-C stops everything.")
        self.stdout.flush()
