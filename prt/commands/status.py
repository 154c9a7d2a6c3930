"""`prt status`: where every target stands."""

from prt.tasks.show_status import show_status as status

__all__ = ["status"]
