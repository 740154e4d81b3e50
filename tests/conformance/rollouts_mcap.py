"""Makes an MCAP file with the real library, and compares what was imported of it with what was written.

Usage: rollouts_mcap.py make OUT.mcap PICTURES.json | rollouts_mcap.py check FILE.mcap IMPORTED
PICTURES.json holds the H.264 pictures of a clip in base64, from rollouts.ts. IMPORTED is as in rollouts_lerobot.py.
"""

import base64
import csv
import json
import sys
from pathlib import Path

from mcap.reader import make_reader
from mcap.writer import CompressionType, Writer

START_NS = 1_700_000_000_000_000_000
JOINTS = [f"joint_{at}" for at in range(29)]


def make(out: str, pictures: str) -> None:
    frames = json.loads(Path(pictures).read_text())
    with open(out, "wb") as stream:
        writer = Writer(stream, compression=CompressionType.ZSTD, chunk_size=20_000)
        writer.start()
        schema = b'{"type": "object"}'
        channels = {}
        for topic, name in [("/joint_states", "sensor_msgs/JointState"), ("/camera", "foxglove.CompressedVideo")]:
            schema_id = writer.register_schema(name=name, encoding="jsonschema", data=schema)
            channels[topic] = writer.register_channel(topic=topic, message_encoding="json", schema_id=schema_id)
        add = lambda topic, ns, body: writer.add_message(
            channels[topic], log_time=START_NS + ns, publish_time=START_NS + ns, data=json.dumps(body).encode()
        )
        for at in range(500):
            body = {
                "header": {"stamp": {"sec": at, "nsec": 0}},
                "name": JOINTS,
                "position": [at / 7 + joint * 1e-9 for joint in range(29)],
                "velocity": [-at / 3] * 29,
            }
            add("/joint_states", at * 2_000_123, body)
        for at, data in enumerate(frames):
            add("/camera", 15_000_000 + at * 33_366_700, {"format": "h264", "data": data, "frame_id": "top"})
        writer.add_metadata("chiron.rollout", {"success": "true", "seed": "11", "task": "Walk"})
        writer.finish()


def check(file: str, imported: str) -> None:
    with open(file, "rb") as stream:
        messages = [(c.topic, m.log_time, json.loads(m.data)) for _, c, m in make_reader(stream).iter_messages()]
    first = min(at for _, at, _ in messages)
    folder = Path(imported, "0")
    header, *rows = csv.reader((folder / "joint_states.csv").open())
    states = [(at, body) for topic, at, body in messages if topic == "/joint_states"]
    columns = [f"{field}.{joint}" for field in ("position", "velocity") for joint in JOINTS]
    say(header[1:] == columns, "joints by name, in the order of the message")
    say(len(rows) == len(states), f"{len(states)} messages")
    same = [[float(cell) for cell in row[1:]] == [*body["position"], *body["velocity"]] for row, (_, body) in zip(rows, states)]
    say(all(same), "every number to its last bit")
    clock = [round(float(row[0]) * 1e6) == at - first for row, (at, _) in zip(rows, states)]
    say(all(clock), "every log time to the nanosecond")
    facts = json.loads(Path(imported, "facts.json").read_text())[0]
    say(facts["success"] is True and facts["seed"] == 11 and facts["task"] == "Walk", "what became of the run")
    film = json.loads((folder / "camera.json").read_text())
    pictures = [(at, body["data"]) for topic, at, body in messages if topic == "/camera"]
    say(film["startMs"] == (pictures[0][0] - first) / 1e6, "where the video begins")
    units = lambda data: [unit for unit in base64.b64decode(data).split(b"\0\0\0\1") if unit and unit[0] & 31 in (1, 5)]
    same = [units(a["data"]) == units(b) for a, (_, b) in zip(film["pictures"], pictures)]
    say(len(film["pictures"]) == len(pictures) and all(same), f"{len(pictures)} pictures, every byte")
    late = [abs(a["timeMs"] - (at - pictures[0][0]) / 1e6) for a, (at, _) in zip(film["pictures"], pictures)]
    say(max(late) < 0.02, f"their times within {max(late):.4f} ms")


passed = failed = 0


def say(holds: bool, what: str) -> None:
    global passed, failed
    print(f"{'ok    ' if holds else 'FAIL  '}{what}")
    passed, failed = passed + bool(holds), failed + (not holds)


if sys.argv[1] == "make":
    make(sys.argv[2], sys.argv[3])
else:
    check(sys.argv[2], sys.argv[3])
    print(f"{passed} passed, {failed} failed")
