"""Stands in for the package of that name, which comes with torch and not with Python."""

from typing import *  # noqa: F403
from typing import ParamSpec, Self, TypeAlias  # noqa: F401
from warnings import deprecated  # noqa: F401
