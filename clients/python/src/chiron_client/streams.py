"""Trajectories as the CSV that Chiron takes: ``time_ms`` first, then a column per value; an empty cell is missing."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from pandas import DataFrame

Columns = Mapping[str, Sequence[Union[float, None]]]
Trajectory = Union[str, Path, Columns, "DataFrame"]
TIME = "time_ms"


def trajectory_csv(trajectory: Trajectory) -> bytes:
    """:raises ValueError: when the columns are not equally long, or there is no ``time_ms``."""
    if isinstance(trajectory, (str, Path)):
        return Path(trajectory).read_bytes()
    columns = {str(name): list(trajectory[name]) for name in trajectory}
    if TIME not in columns:
        raise ValueError(f"A trajectory has a column “{TIME}”.")
    if len({len(values) for values in columns.values()}) != 1:
        raise ValueError("The columns of a trajectory are equally long.")
    names = [TIME, *(name for name in columns if name != TIME)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for row in zip(*(columns[name] for name in names)):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode()


def _cell(value: float | None) -> str:
    # repr is the shortest text that reads back as the same double.
    return "" if value is None or math.isnan(value) else repr(float(value))
