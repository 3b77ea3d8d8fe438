"""Words of the page with the files of a run."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# In the order of the page: a name, and for whom the file is.
FORMATS = {
    "xlsx": (_("Pay lines, XLSX"), _("Every line of the run in a workbook, to look at or to work with.")),
    "csv": (_("Pay lines, CSV"), _("The same lines as text, for a package that reads its own columns from them.")),
}
