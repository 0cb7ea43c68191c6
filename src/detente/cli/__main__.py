"""`python -m detente.cli` is `detente`."""

from __future__ import annotations

import sys

from detente.cli import main

sys.exit(main())
