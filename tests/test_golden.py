import numpy as np
import pytest
from golden_run import TABLES, run, stored


@pytest.fixture(scope="module")
def tables():
    return run()


@pytest.mark.parametrize("name", TABLES)
def test_every_number_of_the_golden_run(tables, name):
    """Counts and rupiah exactly, other numbers to 1e-9; ``make golden`` stores a change that is meant."""
    now, then = tables[name], stored(name)
    assert list(now.columns) == list(then.columns)
    assert len(now) == len(then)
    for column in now:
        if now[column].dtype.kind == "f":
            exact = column.endswith("_idr") and column not in ("support_idr", "poverty_line_idr")
            tolerance = 0 if exact else 1e-9
            np.testing.assert_allclose(now[column], then[column], rtol=tolerance, atol=tolerance, err_msg=column)
        else:
            assert (now[column].astype(str) == then[column].astype(str)).all(), column
