"""Production's settings, plus one view that does nothing, to have something to compare with on any machine."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from partnerskap.settings import *  # noqa: E402, F403

ROOT_URLCONF = "bench_urls"
