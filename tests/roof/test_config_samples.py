"""How many of its sample tins a store has to use is written as people write it, or refused with the key."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mailflow.config_samples import SamplesConfig


def test_nothing_is_taken_off_where_nothing_is_said() -> None:
    assert SamplesConfig().use_rate is None
    assert SamplesConfig().by_product == {}


@pytest.mark.parametrize("said", ["60%", "60 %", 0.6, "0.6", "60.0%"])
def test_a_rate_is_read_as_people_write_it(said: object) -> None:
    rate = SamplesConfig.model_validate({"use_rate": said}).use_rate
    assert rate is not None
    assert int(rate * 1000) == 600


@pytest.mark.parametrize("said", ["60", "160%", "-5%", "a lot", 1.5, 0.12345])
def test_what_is_no_share_is_refused(said: object) -> None:
    with pytest.raises(ValidationError):
        SamplesConfig.model_validate({"use_rate": said})


def test_a_product_goes_with_one_sample_tin() -> None:
    wrong = {"S1": ["P1", "P2"], "S2": ["p1"]}
    with pytest.raises(ValidationError, match="p1 stands at two sample tins"):
        SamplesConfig.model_validate({"given_with": wrong})
    right = SamplesConfig.model_validate({"given_with": {"S1": ["P1", "P2"]}})
    assert right.by_product == {"p1": "S1", "p2": "S1"}
