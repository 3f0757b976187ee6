"""`manage.py pagecache`: how the page cache of this machine's workers is doing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.pagecache import numbers


class Command(BaseCommand):
    """Print the workers' numbers, added up."""

    help = "Prints what the page cache of this machine’s workers holds and did since they started, added up."
    requires_system_checks = ()

    def handle(self, **_: Any) -> None:
        """Print."""
        workers = numbers.of_workers()
        if not workers:
            self.stdout.write("No worker holds pages on this machine.")
            return
        total = numbers.added(list(workers.values()))
        asked = total.hits + total.misses
        self.stdout.write(f"{len(workers)} workers: {', '.join(map(str, workers))}")
        self.stdout.write(f"{total.hits / asked:.1%} of {asked:,} pages from memory" if asked else "no page asked for")
        for name, meaning in (numbers.MEANINGS | numbers.SIZES).items():
            self.stdout.write(f"{getattr(total, name):>15,}  {name:<14} {meaning}")
        self.stdout.write(f"{sum(total.purges.values()):>15,}  {'keys':<14} {numbers.PURGES}:")
        for kind, times in total.purges.most_common():
            self.stdout.write(f"{times:>15,}  {'':<14} {kind}")
