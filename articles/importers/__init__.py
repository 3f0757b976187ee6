"""Copy in: what reaches a desk as text, taken apart. The readers know no database; `story` makes the stories."""

from articles.importers.copy import Copy, CopyError, RelatedCopy
from articles.importers.files import read_copy, read_pasted

__all__ = ["Copy", "CopyError", "RelatedCopy", "read_copy", "read_pasted"]
