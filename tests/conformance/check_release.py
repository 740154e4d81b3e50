"""Opens a release with the real LeRobotDataset and compares it with what went in.

Usage: check_release.py RELEASE REFERENCE BACKEND
REFERENCE is a folder with reference.json and small reference pictures, written by run.ts.
Prints one line a check; the last line is "N passed, N failed".
"""

import json
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import torch
from lerobot.datasets.compute_stats import aggregate_stats, get_feature_stats
from lerobot.datasets.lerobot_dataset import LeRobotDataset

MEAN_LEVEL_TOLERANCE = 8.0  # of 255, per frame: a lossy encoder and two colour converters lie between
QUANTILES = ["q01", "q10", "q50", "q90", "q99"]

passed = failed = 0


def check(name, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
    print(("ok    " if holds else "FAIL  ") + name + (f"  ({found})" if found != "" else ""), flush=True)


def near(a, b, tolerance=1e-5):
    return np.allclose(np.asarray(a, float), np.asarray(b, float), rtol=tolerance, atol=tolerance, equal_nan=True)


def check_totals(dataset, reference):
    episodes = reference["episodes"]
    lengths = [episode["frameCount"] for episode in episodes]
    check("the number of episodes", dataset.num_episodes == len(episodes), dataset.num_episodes)
    check("the number of frames", len(dataset) == dataset.num_frames == sum(lengths), len(dataset))
    check("frames a second", dataset.fps == reference["fps"], dataset.fps)
    check("the length of each episode", list(dataset.meta.episodes["length"]) == lengths, lengths)
    expected = [episode["tasks"] for episode in episodes]
    check("the tasks of each episode", list(dataset.meta.episodes["tasks"]) == expected)
    for column in episodes[0]["columns"]:
        found = list(dataset.meta.episodes[column])
        given = [episode["columns"][column] for episode in episodes]
        check(f"episode column {column}", found == given, "" if found == given else f"{found} != {given}")


def rows_of(dataset, episode):
    start = dataset.meta.episodes[episode]["dataset_from_index"]
    stop = dataset.meta.episodes[episode]["dataset_to_index"]
    return range(start, stop)


def check_rows(dataset, reference):
    table = dataset.hf_dataset.with_format("numpy")
    for number, episode in enumerate(reference["episodes"]):
        part = table[list(rows_of(dataset, number))]
        count = episode["frameCount"]
        times = np.arange(count, dtype=np.float64) / reference["fps"]
        check(f"episode {number}: timestamps", near(part["timestamp"], times, 1e-6))
        check(f"episode {number}: frame_index", list(part["frame_index"]) == list(range(count)))
        for name, values in episode["frames"].items():
            found = np.asarray(part[name], float).reshape(count, -1)
            check(f"episode {number}: {name}", near(found, values))


def check_row_groups(root):
    for path in sorted((root / "data").glob("*/*.parquet")):
        metadata = pq.read_metadata(path)
        groups = [
            set(pq.ParquetFile(path).read_row_group(at, columns=["episode_index"])["episode_index"].to_pylist())
            for at in range(metadata.num_row_groups)
        ]
        alone = all(len(group) == 1 for group in groups) and len(set().union(*groups)) == len(groups)
        if not alone or metadata.row_group(0).column(0).compression != "SNAPPY":
            check(f"{path.name}: one snappy row group per episode", False)
            return
    check("one snappy row group per episode in every data file", True)


def check_pictures(dataset, reference, folder, number, camera):
    episode = reference["episodes"][number]
    spec = episode["pictures"][camera]
    pictures = np.fromfile(folder / spec["path"], dtype=np.uint8)
    pictures = pictures.reshape(-1, spec["height"], spec["width"], 3).astype(np.float32)
    check(f"episode {number} {camera}: reference has every frame", len(pictures) == episode["frameCount"], len(pictures))
    worst, misplaced, wrong_task, histogram = 0.0, 0, 0, np.zeros((3, 256))
    for at, row in enumerate(rows_of(dataset, number)):
        item = dataset[row]
        wrong_task += item["task"] != episode["tasks"][episode["taskOfFrame"][at]]
        frame = item[camera]
        for channel in range(3):
            levels = (frame[channel] * 255).round().long().flatten()
            histogram[channel] += torch.bincount(levels, minlength=256).numpy()
        small = torch.nn.functional.adaptive_avg_pool2d(frame, (spec["height"], spec["width"]))
        small = small.permute(1, 2, 0).numpy() * 255
        # The frame must be nearest to its own reference, not to a neighbour's that differs visibly.
        others = range(max(0, at - 3), min(len(pictures), at + 4))
        distances = {other: float(np.abs(small - pictures[other]).mean()) for other in others}
        worst = max(worst, distances[at])
        misplaced += distances[at] > min(distances.values()) + 0.05
    check(f"episode {number} {camera}: each frame is the one that went in", misplaced == 0, f"{misplaced} misplaced")
    check(f"episode {number} {camera}: pixels", worst <= MEAN_LEVEL_TOLERANCE, f"worst frame differs by {worst:.2f} of 255")
    check(f"episode {number}: the task of each frame", wrong_task == 0)
    return histogram


def episode_statistics(root):
    tables = [pq.read_table(path) for path in sorted((root / "meta/episodes").glob("*/*.parquet"))]
    rows = [row for table in tables for row in table.to_pylist()]
    return [
        unflatten({key[len("stats/") :]: np.array(value) for key, value in row.items() if key.startswith("stats/")})
        for row in rows
    ]


def unflatten(flat):
    nested = {}
    for key, value in flat.items():
        feature, statistic = key.rsplit("/", 1)
        nested.setdefault(feature, {})[statistic] = value
    return nested


def check_statistics(dataset, root, histograms):
    per_episode = episode_statistics(root)
    # An episode that knows nothing of a feature has no statistics of it to join.
    told = [{name: of for name, of in one.items() if int(of["count"][0]) > 0} for one in per_episode]
    joined = aggregate_stats(told)
    check("LeRobot joins the episodes' statistics", set(joined) == set(dataset.meta.stats))
    table = dataset.hf_dataset.with_format("numpy")
    numeric = [name for name, ft in dataset.features.items() if ft["dtype"] not in ("video", "image", "string")]
    columns = {name: np.asarray(table[name], np.float64).reshape(len(dataset), -1) for name in numeric}
    for name, values in columns.items():
        stats = dataset.meta.stats[name]
        # Frames of which nothing is known are NaN throughout; statistics are those of the others.
        known = values[~np.isnan(values).any(1)]
        gaps = len(values) - len(known)
        check(f"{name} is known or not, never half", int(np.isnan(values).all(1).sum()) == gaps, f"{gaps} gaps")
        whole = {"min": known.min(0), "max": known.max(0), "mean": known.mean(0), "std": known.std(0)}
        holds = all(near(stats[key], value, 1e-4) for key, value in whole.items())
        holds = holds and int(stats["count"][0]) == len(known)
        check(f"statistics of {name} over the set", holds)
        check(f"quantiles of {name} as LeRobot joins them", all(near(stats[q], joined[name][q], 1e-6) for q in QUANTILES))
        check(f"statistics of {name} per episode", all(same_as_lerobot(dataset, values, name, number, found[name])
                                                        for number, found in enumerate(per_episode)))
    for camera, histogram in histograms.items():
        check_picture_statistics(dataset.meta.stats[camera], camera, histogram)


def same_as_lerobot(dataset, values, name, number, found):
    part = values[list(rows_of(dataset, number))]
    part = part[~np.isnan(part).any(1)]
    if len(part) == 0:
        return int(found["count"][0]) == 0 and bool(np.isnan(found["mean"]).all())
    theirs = get_feature_stats(part, axis=0, keepdims=False)
    span = float(part.max() - part.min())
    exact = all(near(found[key], theirs[key], 1e-4) for key in ["min", "max", "mean", "std", "count"])
    return exact and all(np.allclose(found[q], theirs[q], rtol=1e-4, atol=span / 2000 + 1e-6) for q in QUANTILES)


def check_picture_statistics(stats, camera, histogram):
    levels = np.arange(256) / 255
    share = histogram / histogram.sum(1, keepdims=True)
    mean = share @ levels
    std = np.sqrt((share * (levels - mean[:, None]) ** 2).sum(1))
    shapes = all(stats[key].shape == (3, 1, 1) for key in ["min", "max", "mean", "std", *QUANTILES])
    check(f"statistics of {camera} are (3, 1, 1)", shapes and stats["count"].shape == (1,))
    off = max(np.abs(stats["mean"].ravel() - mean).max(), np.abs(stats["std"].ravel() - std).max())
    check(f"mean and deviation of {camera}", off < 0.02, f"off by {off:.4f} of 1")
    cumulated = share.cumsum(1)
    quantile = lambda q: np.array([levels[np.searchsorted(row, q)] for row in cumulated])
    off = max(np.abs(stats[q].ravel() - quantile(int(q[1:]) / 100)).max() for q in QUANTILES)
    check(f"quantiles of {camera}", off < 0.06, f"off by {off:.4f} of 1")


def check_training(dataset, root, backend):
    fps = dataset.fps
    camera = dataset.meta.camera_keys[0]
    steps = {camera: [-1 / fps, 0.0, 1 / fps]}
    windowed = LeRobotDataset("chiron/release", root=root, delta_timestamps=steps, video_backend=backend)
    shape = tuple(windowed[len(windowed) // 2][camera].shape)
    check("windows of three frames", shape[0] == 3 and shape[1] == 3, shape)
    loader = torch.utils.data.DataLoader(windowed, batch_size=4, shuffle=True, num_workers=0)
    check("a shuffled batch", next(iter(loader))[camera].shape[0] == min(4, len(windowed)))
    if dataset.num_episodes > 1:
        one = LeRobotDataset("chiron/release", root=root, episodes=[1], video_backend=backend)
        check("one episode alone", len(one) == dataset.meta.episodes[1]["length"] and one[0]["episode_index"] == 1)
        some = LeRobotDataset("chiron/release", root=root, video_backend=backend,
                              episode_filter=lambda row: row["episode_index"] > 0)
        check("episodes picked by a column", some.num_episodes == dataset.num_episodes - 1)


def main():
    root, folder, backend = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    reference = json.loads((folder / "reference.json").read_text())
    dataset = LeRobotDataset("chiron/release", root=root, video_backend=backend)
    check_totals(dataset, reference)
    check_row_groups(root)
    check_rows(dataset, reference)
    histograms = {}
    for camera in dataset.meta.video_keys:
        found = [check_pictures(dataset, reference, folder, number, camera) for number in range(dataset.num_episodes)]
        histograms[camera] = sum(found)
    check_statistics(dataset, root, histograms)
    if dataset.meta.camera_keys:
        check_training(dataset, root, backend)
    print(f"{passed} passed, {failed} failed")
    sys.exit(0 if failed == 0 else 1)


main()
