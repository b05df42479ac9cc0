"""Every layout by its name."""

from __future__ import annotations

from accuracy.draft import Layout
from accuracy.layouts.around import AROUND
from accuracy.layouts.matrix import MATRIX
from accuracy.layouts.money import MONEY
from accuracy.layouts.parts import PARTS
from accuracy.layouts.several import SEVERAL
from accuracy.layouts.single import SINGLE

LAYOUTS: tuple[Layout, ...] = (*SINGLE, *PARTS, *MONEY, *SEVERAL, *MATRIX, *AROUND)
BY_NAME = {layout.name: layout for layout in LAYOUTS}
