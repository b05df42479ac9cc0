"""Nothing here writes into anybody's home: compiled templates are not kept."""

import os

os.environ["CACHE_DIRECTORY"] = "/dev/null/none"
