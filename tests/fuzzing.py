"""Property tests with made-up inputs: a few hundred of them in `make test`, many more in `make fuzz`."""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING, Final, TypeVar

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable

Test = TypeVar("Test", bound="Callable[..., None]")

#: The examples that `make fuzz` gives each test.
MANY: Final = int(os.environ.get("FUZZ_EXAMPLES", "100000"))

# A busy machine must not fail a test.
SLOW: Final = (HealthCheck.too_slow,)
settings.register_profile("test", derandomize=True, deadline=None, suppress_health_check=SLOW)
settings.register_profile("fuzz", derandomize=False, deadline=None, suppress_health_check=SLOW, print_blob=True)


_IS_FUZZING: Final = "fuzz" in sys.argv
#: The mutated documents of each format, and the seed that they come from.
MUTATIONS: Final = MANY if _IS_FUZZING else 2_000
SEED: Final = random.randrange(2**32) if _IS_FUZZING else 1  # noqa: S311 - inputs, no secrets


def fuzz(examples: int) -> Callable[[Test], Test]:
    """Give a property test its number of examples in `make test`, and select it for `make fuzz`."""

    def mark(test: Test) -> Test:
        number = MANY if settings.get_current_profile_name() == "fuzz" else examples
        pytest.mark.fuzz(test)
        return settings(max_examples=number, suppress_health_check=list(HealthCheck))(test)

    return mark
