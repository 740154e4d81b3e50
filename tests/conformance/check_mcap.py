"""Opens the MCAP files and the Croissant file of a release with the real readers and compares them with what went in.

Usage: check_mcap.py RELEASE REFERENCE
REFERENCE is a folder with mcap.json and small reference pictures, written by run.ts.
Prints one line a check; the last line is "N passed, N failed".
"""

import base64
import json
import logging
import sys
from pathlib import Path

import av
import mlcroissant
import numpy as np
from mcap.reader import make_reader

MEAN_LEVEL_TOLERANCE = 8.0  # of 255, per frame: another decoder, another scaler

passed = failed = 0


def check(name, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
    print(("ok    " if holds else "FAIL  ") + name + (f"  ({found})" if found != "" else ""), flush=True)


def fits(value, schema):
    """Whether a value has the JSON Schema's type, and so have its members. Enough for flat messages."""
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
    kind = kinds.get(schema.get("type"))
    if kind is not None and not isinstance(value, kind):
        return False
    if isinstance(value, dict):
        named = schema.get("properties", {})
        return all(fits(part, named[name]) for name, part in value.items() if name in named)
    if isinstance(value, list):
        return all(fits(part, schema.get("items", {})) for part in value)
    return True


def check_recording(release, folder, episode):
    path = episode["path"]
    with open(release / path, "rb") as file:
        reader = make_reader(file, validate_crcs=True)
        summary = reader.get_summary()
        topics = {
            channel.topic: [
                summary.schemas[channel.schema_id].name,
                summary.statistics.channel_message_counts.get(channel.id, 0),
            ]
            for channel in summary.channels.values()
        }
        check(f"{path}: topics, schemas and counts", topics == episode["topics"], topics)
        times, pictures, cameras, wrong, late = [], [], [], 0, 0
        last = -1
        for schema, channel, message in reader.iter_messages():
            body = json.loads(message.data)
            wrong += not fits(body, json.loads(schema.data)) or schema.encoding != "jsonschema"
            late += message.log_time < last
            last = message.log_time
            if channel.topic == "/phone/calibration":
                cameras.append(body)
            if channel.topic == "/phone/video":
                stamp = body["timestamp"]["sec"] * 10**9 + body["timestamp"]["nsec"]
                wrong += stamp != message.log_time or body["format"] != "h264"
                times.append(message.log_time)
                pictures.append(base64.b64decode(body["data"]))
        check(f"{path}: every message fits its schema", wrong == 0, wrong)
        check(f"{path}: messages stand in the order of their time", late == 0, late)
        apart = [abs(a - b) for a, b in zip(times, episode["timesNs"])]
        same = len(times) == len(episode["timesNs"]) and max(apart) <= 1000
        check(f"{path}: {len(times)} native times", same, f"at most {max(apart) if apart else 0} ns apart")
        check_pictures(path, folder, pictures, episode.get("pictures"))
        names = sorted(each.name for each in reader.iter_attachments())
        check(f"{path}: attachments", names == ["log.tlog-proof", "provenance.json"], names)
        facts = {each.name: each.metadata for each in reader.iter_metadata()}["chiron.episode"]
        check_camera(path, facts, cameras)
        check(f"{path}: it says which episode it is", facts["episode_id"] == episode["episodeId"])


def check_camera(path, facts, cameras):
    """The calibration is there once where the facts know the camera, says the same, and is nowhere else."""
    if "camera.fx" not in facts:
        check(f"{path}: no camera is known, none is told", cameras == [], len(cameras))
        return
    known = {name: float(facts[f"camera.{name}"]) for name in ("width", "height", "fx", "fy", "cx", "cy")}
    # The picture may be of another size than the camera was measured at.
    x, y = (cameras[0][side] / known[side] if cameras else 0 for side in ("width", "height"))
    wanted = [known["fx"] * x, 0, (known["cx"] + 0.5) * x - 0.5, 0, known["fy"] * y, (known["cy"] + 0.5) * y - 0.5, 0, 0, 1]
    lens = [float(facts[f"camera.{name}"]) for name in ("k1", "k2", "p1", "p2", "k3")]
    same = len(cameras) == 1 and np.allclose(cameras[0]["K"], wanted) and cameras[0]["D"] == lens
    check(f"{path}: the camera's intrinsics", same, cameras[0]["K"] if cameras else "none")


def check_pictures(path, folder, pictures, reference):
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for bytes in pictures for frame in decoder.decode(av.Packet(bytes))]
    frames += decoder.decode(None)
    check(f"{path}: one picture a message", len(frames) == len(pictures), f"{len(frames)} of {len(pictures)}")
    if reference is None:
        return
    width, height = reference["width"], reference["height"]
    wanted = np.fromfile(folder / reference["path"], np.uint8).reshape(-1, height, width, 3)
    found = [frame.reformat(width, height, "rgb24", interpolation="AREA").to_ndarray() for frame in frames]
    apart = [abs(a.astype(float) - b).mean() for a, b in zip(found, wanted)]
    same = len(found) == len(wanted) and max(apart) < MEAN_LEVEL_TOLERANCE
    check(f"{path}: the pictures are those filmed", same, f"at most {max(apart):.2f} of 255 apart")


def check_croissant(release):
    # The library also wants a few words of Google's dataset search; only faults count here.
    try:
        dataset = mlcroissant.Dataset(jsonld=str(release / "croissant.json"))
        faults = list(dataset.metadata.ctx.issues.errors)
        check("croissant.json is valid Croissant", faults == [], "; ".join(faults))
    except mlcroissant.ValidationError as error:
        check("croissant.json is valid Croissant", False, str(error))


def main():
    logging.disable(logging.WARNING)
    release, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for episode in json.loads((folder / "mcap.json").read_text()):
        check_recording(release, folder, episode)
    if (release / "croissant.json").exists():
        check_croissant(release)
    print(f"{passed} passed, {failed} failed")


main()
