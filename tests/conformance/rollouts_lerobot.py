"""Makes a LeRobot data set with the real library, and compares what was imported of it with what it holds.

Usage: rollouts_lerobot.py make OUT | rollouts_lerobot.py check DATASET IMPORTED
IMPORTED is a folder with NUMBER/NAME.csv and NUMBER/NAME.mp4 per episode, and facts.json, written by rollouts.ts.
`check` prints one line a check; the last line is "N passed, N failed".
"""

import csv
import json
import sys
from pathlib import Path

import av
import numpy as np
from lerobot.datasets.lerobot_dataset import LeRobotDataset

FPS = 10
LENGTHS = [25, 13, 30]
CAMERA = "observation.images.top"
JOINTS = ["pan", "lift", "grip"]
VECTORS = ["observation.state", "action"]


def make(out: str) -> None:
    features = {
        CAMERA: {"dtype": "video", "shape": (96, 128, 3), "names": ["height", "width", "channels"]},
        "observation.state": {"dtype": "float32", "shape": (3,), "names": JOINTS},
        "action": {"dtype": "float32", "shape": (3,), "names": {"motors": JOINTS}},
        "next.success": {"dtype": "bool", "shape": (1,), "names": None},
    }
    dataset = LeRobotDataset.create("test/rollouts", FPS, features, root=out, robot_type="so101")
    dice = np.random.default_rng(7)
    for episode, length in enumerate(LENGTHS):
        for frame in range(length):
            image = np.zeros((96, 128, 3), np.uint8)
            image[:, (frame * 4) % 128 :, episode % 3] = 200
            dataset.add_frame(
                {
                    CAMERA: image,
                    "observation.state": dice.normal(size=3).astype(np.float32),
                    "action": dice.normal(size=3).astype(np.float32),
                    "next.success": np.array([episode != 1 and frame == length - 1]),
                    "task": f"Do thing {episode % 2}",
                }
            )
        dataset.save_episode()
    dataset.finalize()


def check(root: str, imported: str) -> None:
    dataset = LeRobotDataset("test/rollouts", root=root, video_backend="pyav")
    facts = json.loads(Path(imported, "facts.json").read_text())
    say(len(facts) == len(LENGTHS), f"{len(LENGTHS)} episodes")
    start = 0
    for episode, length in enumerate(LENGTHS):
        folder = Path(imported, str(episode))
        items = [dataset[start + at] for at in range(length)]
        start += length
        for name in [*VECTORS, "next.success"]:
            header, *rows = csv.reader((folder / f"{name}.csv").open())
            expected = np.array([np.atleast_1d(item[name].numpy()) for item in items], np.float32)
            found = np.array([row[1:] for row in rows], np.float64).astype(np.float32)
            say(np.array_equal(found, expected), f"episode {episode}: {name}, every number to its last bit")
            times = np.array([row[0] for row in rows], np.float64) / 1000
            stamps = np.array([item["timestamp"].item() for item in items], np.float32)
            say(np.array_equal(times.astype(np.float32), stamps), f"episode {episode}: {name}, its clock")
            if name in VECTORS:
                say(header[1:] == JOINTS, f"episode {episode}: {name}, names of the joints")
        pictures = decoded(folder / f"{CAMERA}.mp4")
        expected = [np.round(item[CAMERA].numpy().transpose(1, 2, 0) * 255).astype(np.uint8) for item in items]
        same = len(pictures) == length and all(np.array_equal(a, b) for a, b in zip(pictures, expected))
        say(same, f"episode {episode}: {length} pictures, every pixel ({len(pictures)} found)")
        said = facts[episode]
        say(said["task"] == items[0]["task"], f"episode {episode}: its task")
        say(said["success"] is (episode != 1), f"episode {episode}: its success")


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


passed = failed = 0


def say(holds: bool, what: str) -> None:
    global passed, failed
    print(f"{'ok    ' if holds else 'FAIL  '}{what}")
    passed, failed = passed + bool(holds), failed + (not holds)


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    check(sys.argv[2], sys.argv[3])
    print(f"{passed} passed, {failed} failed")
