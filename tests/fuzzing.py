"""Property tests with made-up inputs: a few hundred of them in `make test`, many more in `make fuzz`."""

from __future__ import annotations

import os
import random
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


def is_fuzzing() -> bool:
    """Return True in `make fuzz`, also in the processes that it starts."""
    return settings.get_current_profile_name() == "fuzz"


def mutations() -> range:
    """Return a range of as many mutated documents as each format gets."""
    return range(MANY if is_fuzzing() else 2_000)


def seeded() -> random.Random:
    """Return a generator of mutations: the same each time, except in `make fuzz`."""
    seed = random.randrange(2**32) if is_fuzzing() else 1  # noqa: S311 - inputs, no secrets
    print(f"The seed of the mutations is {seed}.")  # noqa: T201 - pytest shows it when a test fails
    return random.Random(seed)  # noqa: S311


def fuzz(examples: int) -> Callable[[Test], Test]:
    """Give a property test its number of examples in `make test`, and select it for `make fuzz`."""

    def mark(test: Test) -> Test:
        number = MANY if is_fuzzing() else examples
        pytest.mark.fuzz(test)
        return settings(max_examples=number, suppress_health_check=list(HealthCheck))(test)

    return mark
