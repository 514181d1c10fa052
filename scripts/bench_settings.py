"""Production's settings, plus one view that does nothing, to have something to compare with on any machine."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from partnerskap.settings import *  # noqa: E402, F403
from partnerskap.settings import CACHES  # noqa: E402

ROOT_URLCONF = "bench_urls"

if not os.environ.get("BENCH_MEMORY"):  # pages are made each time
    CACHES["sider"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
